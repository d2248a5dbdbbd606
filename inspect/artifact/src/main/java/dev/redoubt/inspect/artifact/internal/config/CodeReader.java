package dev.redoubt.inspect.artifact.internal.config;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.util.Locale;

/** Charges Python code in an archive whose loader puts it on the path. */
@AutoService(FormatReader.class)
public final class CodeReader implements FormatReader {
  static final String LOADED = "inspect.artifact.code-loaded";

  /** Hint of containers on their members. */
  private static final String HINT = "loaded-code";

  /** Made by {@link java.util.ServiceLoader}. */
  public CodeReader() {}

  @Override
  public String id() {
    return "code";
  }

  @Override
  public boolean claims(Head head, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".py") || lower.endsWith(".pyw");
  }

  @Override
  public void read(ByteSource source, ReadContext context) {
    if (context.hint(HINT)) {
      context.format("Python code");
      context.observe(LOADED, Verdict.UNPROVEN, "is Python code that is loaded with the model", 0);
    } else {
      context.decline();
    }
  }
}
