package dev.redoubt.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A program of the user's that takes part in a run, as the list {@code extensions} of {@code
 * redoubt.yaml} names it. It runs with the rights of whoever runs Redoubt.
 *
 * @param role what it does
 * @param command the program and its arguments, as they are: no shell reads them
 * @param objectives ids of the objectives that it is for; empty for all, or for a judge, for those
 *     without ground truth
 * @since 0.1.0
 */
public record Extension(Role role, List<String> command, List<String> objectives) {
  public Extension {
    command = List.copyOf(command);
    objectives = List.copyOf(objectives);
  }

  /** What a program does in a run. */
  public enum Role {
    /** It says what to ask. */
    PROBE,
    /** It gives verdicts. */
    JUDGE,
    /** It looks at components and reports findings. */
    ASSESSOR
  }

  static List<Extension> read(@Nullable YamlNode node) {
    var extensions = new ArrayList<Extension>();
    if (node != null) {
      for (YamlNode item : node.asList()) {
        YamlMap map = item.asMap("role", "command", "objectives");
        String role = map.oneOf("role", List.of("probe", "judge", "assessor"), "");
        List<String> command = map.texts("command");
        List<String> objectives = map.texts("objectives");
        if (item.kind() == YamlNode.Kind.MAP) {
          if (map.get("role") == null) {
            map.missing("role", "write probe, judge or assessor");
          }
          if (command.isEmpty() || command.getFirst().isBlank()) {
            map.missing("command", "name the program, such as [python3, probe.py]");
          }
        }
        YamlNode own = map.get("objectives");
        if (own != null && role.equals("assessor")) {
          own.problem("means nothing to an assessor", "leave it out");
        }
        if (!role.isEmpty() && !command.isEmpty()) {
          extensions.add(
              new Extension(Role.valueOf(role.toUpperCase(Locale.ROOT)), command, objectives));
        }
      }
    }
    return extensions;
  }
}
