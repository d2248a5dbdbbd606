package dev.redoubt.attack.chat;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign attacks, and whence relative paths of its ground truth start.
 *
 * <p>The first identity of the endpoint is the attacker's own account, the second one the victim's.
 *
 * @param endpoint the endpoint
 * @param tools the tools of its system, with what they may do
 * @param baseFolder folder of the description
 * @param systemFile the description, so that a resumed run can read it again; absent when there is
 *     none on disk
 * @param application what its system is called; empty when nobody said
 * @param purpose what its system is for, in its owner's words; empty when nobody said
 * @since 0.1.0
 */
public record Target(
    Endpoint endpoint,
    List<Tool> tools,
    Path baseFolder,
    @Nullable Path systemFile,
    String application,
    String purpose) {
  public Target {
    tools = List.copyOf(tools);
  }

  /** An endpoint of whose system nothing is known but its tools. */
  public Target(Endpoint endpoint, List<Tool> tools, Path baseFolder, @Nullable Path systemFile) {
    this(endpoint, tools, baseFolder, systemFile, "", "");
  }

  /** The endpoint as part of a system that is described nowhere on disk. */
  public static Target of(AiSystem system, Endpoint endpoint, Path baseFolder) {
    return new Target(endpoint, toolsOf(system), baseFolder, null, system.name(), system.purpose());
  }

  /** The endpoint as part of a system that a {@code redoubt.yaml} describes. */
  public static Target described(AiSystem system, Endpoint endpoint, Path systemFile) {
    Path file = systemFile.toAbsolutePath().normalize();
    Path folder = file.getParent();
    return new Target(
        endpoint,
        toolsOf(system),
        folder == null ? file : folder,
        file,
        system.name(),
        system.purpose());
  }

  private static List<Tool> toolsOf(AiSystem system) {
    return system.components().stream()
        .filter(c -> c instanceof Tool)
        .map(Tool.class::cast)
        .toList();
  }

  /** The attacker's own account; empty when callers are anonymous. */
  public Optional<Identity> attacker() {
    return endpoint.identities().stream().findFirst();
  }

  /** The victim's account; empty when only one or none is known. */
  public Optional<Identity> other() {
    return endpoint.identities().stream().skip(1).findFirst();
  }

  /** The account of a name. */
  Optional<Identity> identity(String name) {
    return endpoint.identities().stream().filter(i -> i.name().equals(name)).findFirst();
  }

  /** Name of the account that plays a part; absent when callers are anonymous. */
  @Nullable String account(String part) {
    return (part.equals("other") ? other() : attacker()).map(Identity::name).orElse(null);
  }

  /** The first tool that has a limit, by which limit objectives are worded; empty when none has. */
  Optional<Tool> limitedTool() {
    return tools.stream().filter(t -> !t.limits().isEmpty()).findFirst();
  }

  /** Name of the component, as findings carry it. */
  public String name() {
    return ((Component) endpoint).name();
  }
}
