package dev.redoubt.runtime.program;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a program is told when it is asked for probes. Planted values are not for it: an attacker
 * who knows the secret proves nothing.
 *
 * @param system name of the system
 * @param purpose what the system is for
 * @param context words that probes may use, such as {@code otherCustomer: Maria Lopez}
 * @param objectives ids of the objectives that will be tried
 * @param seed seed of the run, from which every choice of the program must derive
 * @since 0.1.0
 */
public record ProbeRequest(
    String system,
    String purpose,
    Map<String, String> context,
    List<String> objectives,
    long seed) {
  public ProbeRequest {
    context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    objectives = List.copyOf(objectives);
  }
}
