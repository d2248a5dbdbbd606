package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.ModelChoice;
import dev.redoubt.core.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model writes the attacker's words in the techniques that ask one. */
final class AttackerOptions {
  private static final String KEY = "REDOUBT_ATTACKER_KEY";

  @Option(
      names = "--attacker",
      paramLabel = "local|URL",
      description = {
        "Model that writes the attacker's words in pair and tap: the local one, or an OpenAI-compatible base URL.",
        "No effect on techniques that ask none; rules write the words when it is absent."
      })
  @Nullable String attacker;

  @Option(
      names = "--attacker-model",
      paramLabel = "NAME",
      description = "Name of the attacker's model at that URL.")
  @Nullable String model;

  @Option(
      names = "--attacker-key",
      paramLabel = "VARIABLE",
      defaultValue = KEY,
      description =
          "Variable of the environment with the key for that URL. Default: ${DEFAULT-VALUE}.")
  String keyVariable = KEY;

  /** What was chosen; absent for rules. */
  @Nullable ModelChoice choice() {
    if (attacker == null) {
      if (model != null) {
        throw new UsageException("--attacker-model goes with --attacker URL; give that, too");
      }
      return null;
    }
    return Options.model("--attacker", attacker, model, keyVariable);
  }

  /** The options as they were given. */
  String repeated() {
    if (attacker == null) {
      return "";
    }
    return " --attacker "
        + attacker
        + (model == null ? "" : " --attacker-model " + model)
        + (keyVariable.equals(KEY) ? "" : " --attacker-key " + keyVariable);
  }
}
