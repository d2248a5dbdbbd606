package dev.redoubt.inspect.artifact.internal.jinja;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Texts;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;
import java.util.Locale;

/** Reads files that are Jinja templates by their name, as repositories keep chat templates. */
@AutoService(FormatReader.class)
public final class JinjaReader implements FormatReader {
  private static final int LONGEST = 4 << 20;

  /** Made by {@link java.util.ServiceLoader}. */
  public JinjaReader() {}

  @Override
  public String id() {
    return "jinja";
  }

  @Override
  public boolean claims(Head head, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean template =
        lower.endsWith(".jinja")
            || lower.endsWith(".jinja2")
            || (lower.contains("chat_template") && !lower.endsWith(".json"));
    return template && Texts.looksLikeText(head);
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("Jinja template");
    if (source.size() > LONGEST) {
      throw new MalformedException("a template of " + source.size() + " bytes", 0);
    }
    String text = new ByteReader(source, context.budget()).text(source.size());
    Templates.read(text, "the template", 0, context);
  }
}
