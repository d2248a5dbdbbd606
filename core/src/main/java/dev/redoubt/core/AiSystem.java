package dev.redoubt.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An AI system as {@code redoubt.yaml} describes it.
 *
 * @param name what it is called
 * @param purpose what it is for
 * @param owner who answers for it
 * @param business what is at stake
 * @param components its parts; names are unique
 * @param flows how data goes between them
 */
public record AiSystem(
    String name,
    String purpose,
    String owner,
    @Nullable Business business,
    List<Component> components,
    List<DataFlow> flows) {
  public AiSystem {
    components = List.copyOf(components);
    flows = List.copyOf(flows);
  }

  /**
   * Business facts that risk and law need.
   *
   * @param records number of personal records held
   * @param revenueAtStake revenue a year that depends on the system, in {@code currency}
   * @param currency ISO 4217 code
   */
  public record Business(long records, double revenueAtStake, String currency) {}

  /**
   * Data that goes from one component to another.
   *
   * @param from name of a component
   * @param to name of a component
   * @param data what flows
   * @param boundary trust boundary that it crosses; absent when none
   */
  public record DataFlow(String from, String to, String data, @Nullable String boundary) {}

  /** Finds a component by name. */
  public Optional<Component> component(String componentName) {
    return components.stream().filter(c -> c.name().equals(componentName)).findFirst();
  }

  /**
   * The same system with header values and log-in bodies replaced by {@code (hidden)}: the form for
   * stores and reports.
   */
  public AiSystem withoutSecrets() {
    List<Component> hidden =
        components.stream()
            .map(c -> c instanceof Component.Endpoint e ? HiddenSecrets.of(e) : c)
            .toList();
    return new AiSystem(name, purpose, owner, business, hidden, flows);
  }
}
