package dev.redoubt.guard.engine;

import dev.redoubt.core.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fuzz targets in the form that Jazzer calls. Whatever comes in, a policy is read or refused with a
 * {@link UsageException}, and no scanner fails.
 */
public final class GuardFuzzer {
  private static final Guard GUARD =
      Guard.of(
          Policy.parse(
              """
              guard: 1
              rules:
                - {id: secret-leak, scanner: secret-leak, action: rewrite}
                - {id: personal-data, scanner: personal-data, action: rewrite, with: {allow: [a.example]}}
                - {id: exfiltration-url, scanner: exfiltration-url, action: rewrite, with: {allow: [a.example]}}
                - {id: document-access, scanner: document-access, action: rewrite}
                - {id: injection-hint, scanner: injection-hint, action: log}
                - {id: tool-limit, scanner: tool-limit, action: block, with: {tool: t, argument: a, max: 5}}
                - {id: untrusted-trigger, scanner: untrusted-trigger, action: block, with: {actingTools: {t: []}}}
              """,
              "guard.yaml"));

  private GuardFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    policy(text);
    scanners(text);
  }

  static void policy(String text) {
    try {
      Policy.parse(text, "guard.yaml");
    } catch (UsageException e) {
      if (e.getMessage() == null || !e.getMessage().startsWith("guard.yaml")) {
        throw new IllegalStateException("a refusal without its place", e);
      }
    }
  }

  static void scanners(String text) {
    var exchange =
        GUARD.exchange(
            "c",
            Caller.of("ana@a.example"),
            List.of(Text.system(text), Text.user(text), Text.toolResult("t", text)),
            List.of(new ToolCallView("t", text)));
    ran(GUARD.checkInput(exchange, Text.user(text)));
    Verdict verdict = GUARD.checkAnswer(exchange, text);
    ran(verdict);
    ran(GUARD.checkToolCall(exchange, new ToolCallView("t", text)));
    ModelView view = GUARD.prepareForModel(exchange);
    ran(view.verdict());
    view.restore(new ToolCallView("t", view.mask(Role.SYSTEM, text)));
    AnswerStream stream = GUARD.answerStream(exchange);
    int half = text.length() / 2;
    stream.push(text.substring(0, half));
    stream.push(text.substring(half));
    stream.finish();
    ran(stream.verdict());
  }

  private static void ran(Verdict verdict) {
    if (!verdict.trace().notRun().isEmpty()) {
      throw new IllegalStateException("a scanner failed: " + verdict.trace().notRun());
    }
  }
}
