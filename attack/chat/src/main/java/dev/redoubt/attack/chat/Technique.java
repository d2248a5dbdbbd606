package dev.redoubt.attack.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a request is dressed so that it is obeyed. One YAML file each, in {@code
 * dev/redoubt/attack/chat/techniques}.
 *
 * @param id name of its file, such as {@code role-play}
 * @param order place in a plan, lower first
 * @param title one line
 * @param description one sentence
 * @param frames texts of the first pass in which {@code {request}} stands for the request, {@code
 *     {request.de}} for its translation; empty when the technique is for later passes only
 * @param newFrames texts that no first pass uses
 * @param strategy id of the {@link Strategy} that plays it over several turns; absent for one turn
 * @param script texts that the strategy uses, by what they are for
 * @since 0.1.0
 */
public record Technique(
    String id,
    int order,
    String title,
    String description,
    List<String> frames,
    List<String> newFrames,
    @Nullable String strategy,
    Map<String, List<String>> script) {
  public Technique {
    frames = List.copyOf(frames);
    newFrames = List.copyOf(newFrames);
    script = Map.copyOf(script);
  }

  List<String> of(WordingSet set) {
    return set == WordingSet.FIRST ? frames : newFrames;
  }
}
