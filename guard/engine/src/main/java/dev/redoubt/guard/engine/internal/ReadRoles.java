package dev.redoubt.guard.engine.internal;

import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.guard.engine.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The option {@code roles} of scanners that look at what goes to the model. */
final class ReadRoles {
  private ReadRoles() {}

  /** Reads it; without it users, documents and results of tools are looked at. */
  static Set<Role> of(YamlMap options) {
    if (options.get("roles") == null) {
      return Set.of(Role.USER, Role.DOCUMENT, Role.TOOL_RESULT);
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (YamlNode item : options.list("roles")) {
      switch (item.asOneOf(List.of("user", "document", "tool"), "user")) {
        case "document" -> roles.add(Role.DOCUMENT);
        case "tool" -> roles.add(Role.TOOL_RESULT);
        default -> roles.add(Role.USER);
      }
    }
    return Set.copyOf(roles);
  }
}
