package dev.redoubt.inspect.artifact.internal.boost;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.util.Locale;

/** Reads XGBoost's models in Universal Binary JSON, and knows its older binary form by its mark. */
@AutoService(FormatReader.class)
public final class UbjReader implements FormatReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public UbjReader() {}

  @Override
  public String id() {
    return "xgboost";
  }

  @Override
  public boolean claims(Head head, String name) {
    if (head.has(0, "binf")) {
      return true;
    }
    boolean marked = head.at(0) == '{' && head.at(1) >= 0 && "iUIlL".indexOf(head.at(1)) >= 0;
    return marked || name.toLowerCase(Locale.ROOT).endsWith(".ubj");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    Head head = new Head(source);
    if (head.has(0, "binf")) {
      context.format("XGBoost, old binary form");
      context.observe(
          EngineRules.NOT_PARSED,
          Verdict.INCOMPLETE,
          "a model in XGBoost's old binary form, which is not parsed",
          0);
      return;
    }
    boolean named = context.name().toLowerCase(Locale.ROOT).endsWith(".ubj");
    if (!named && !head.text().contains("learner") && !head.text().contains("version")) {
      context.decline();
      return;
    }
    context.format("XGBoost, UBJSON");
    Object root = new UbjParser(source, context.budget()).parse();
    if (!XgboostModel.looksLike(root)) {
      throw new MalformedException("holds no model of XGBoost", 0);
    }
    XgboostModel.check(root, context);
  }
}
