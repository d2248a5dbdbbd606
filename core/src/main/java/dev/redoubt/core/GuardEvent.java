package dev.redoubt.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the guard saw and decided at run time, without the content.
 *
 * @param id id of the exchange
 * @param time when
 * @param stage which text: {@code request}, {@code model-request}, {@code model-response}, {@code
 *     response}
 * @param action {@code allow}, {@code rewrite}, {@code ask}, {@code block}
 * @param rule the policy rule that decided; absent when nothing did
 * @param scannersRun scanners that ran
 * @param scannersNotRun scanners that could not run, each with its reason
 * @param caller who called; absent for an anonymous caller
 */
public record GuardEvent(
    String id,
    Instant time,
    String stage,
    String action,
    @Nullable String rule,
    List<String> scannersRun,
    List<String> scannersNotRun,
    @Nullable String caller) {
  public GuardEvent {
    scannersRun = List.copyOf(scannersRun);
    scannersNotRun = List.copyOf(scannersNotRun);
  }
}
