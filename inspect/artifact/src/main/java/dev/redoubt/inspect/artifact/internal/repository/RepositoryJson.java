package dev.redoubt.inspect.artifact.internal.repository;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.jinja.Templates;
import dev.redoubt.inspect.artifact.internal.json.Json;
import dev.redoubt.inspect.artifact.internal.json.JsonFormat;
import dev.redoubt.inspect.artifact.internal.keras.Code;

/**
 * Configurations of the Hugging Face libraries: the code, files and templates that they name. And
 * JSON of jsonpickle, which builds objects of any class.
 */
@AutoService(JsonFormat.class)
public final class RepositoryJson implements JsonFormat {
  private static final String PREFIX = "inspect.artifact.repository-";

  /** Made by {@link java.util.ServiceLoader}. */
  public RepositoryJson() {}

  @Override
  public boolean recognises(Object root, String name) {
    return References.in(root, name).any();
  }

  @Override
  public void read(Json json, ReadContext context) {
    References references = References.in(json.root(), context.name());
    for (References.Reference reference : references.code) {
      context.observe(
          PREFIX + "code",
          Verdict.UNPROVEN,
          reference.key() + " names code that loading runs: " + reference.name(),
          -1);
    }
    for (References.Reference reference : references.paths) {
      context.observe(
          PREFIX + "path",
          Verdict.UNPROVEN,
          reference.key() + " names a file outside of the folder: " + reference.name(),
          -1);
    }
    for (References.Reference reference : references.pickled) {
      String name = reference.name();
      int dot = Math.max(0, name.lastIndexOf('.'));
      String module = name.substring(0, dot);
      String why = Code.danger(module, name.substring(Math.min(name.length(), dot + 1)), null);
      context.observe(
          PREFIX + "object",
          why == null ? Verdict.UNPROVEN : Verdict.MALICIOUS,
          reference.key() + " builds " + name + (why == null ? "" : ": " + why),
          -1);
    }
    for (References.Reference reference : references.templates) {
      Templates.read(reference.name(), reference.key(), -1, context);
    }
  }
}
