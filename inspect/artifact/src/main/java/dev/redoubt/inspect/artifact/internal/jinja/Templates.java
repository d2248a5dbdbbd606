package dev.redoubt.inspect.artifact.internal.jinja;

import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.util.HashSet;
import java.util.Set;

/** Chat templates, wherever they are found. */
public final class Templates {
  private static final String PREFIX = "inspect.artifact.jinja-";
  private static final int MOST = 12;

  private Templates() {}

  /**
   * Says of a template what rendering it may reach.
   *
   * @param template its text
   * @param name where it stands, for people
   * @param offset of its first byte in the source; -1 where it has none
   */
  public static void read(String template, String name, long offset, ReadContext context) {
    Set<String> told = new HashSet<>();
    Audit.Seen seen =
        (verdict, what, at) -> {
          if (told.size() < MOST && told.add(what)) {
            context.observe(
                PREFIX + (verdict == Verdict.MALICIOUS ? "escape" : "unproven"),
                verdict,
                name + " " + what + ": " + excerpt(template, at),
                offset < 0 ? -1 : offset + at);
          }
        };
    try {
      new Audit(seen).run(Parser.parse(template));
    } catch (TemplateException e) {
      context.observe(
          PREFIX + "malformed",
          Verdict.UNPROVEN,
          name + " can't be parsed: " + e.getMessage() + ": " + excerpt(template, e.at()),
          offset < 0 ? -1 : offset + e.at());
    }
  }

  private static String excerpt(String template, int at) {
    int from = Math.max(0, Math.min(at, template.length()) - 40);
    int to = Math.min(template.length(), at + 60);
    return template.substring(from, Math.max(from, to)).replaceAll("\\s+", " ");
  }
}
