package dev.redoubt.attack.chat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a request is dressed so that it is obeyed: rewritten by transforms, put into a frame, played
 * by a strategy. One YAML file each, in {@code dev/redoubt/attack/chat/techniques}; or a chain of
 * several, such as {@code role-play+base64}, of which each dresses what the one before it made.
 *
 * @param id name of its file, such as {@code role-play}; of a chain the text that named it
 * @param order place in a plan, lower first
 * @param title one line
 * @param description one sentence
 * @param source who described it first, or at all; absent where nobody in particular did
 * @param standard whether it belongs to those that are used when none is named
 * @param note what the user should know when it is used
 * @param frames texts of the first pass in which {@code {request}} stands for the request, {@code
 *     {request.de}} for its translation; empty when the technique is for later passes only, and in
 *     a chain
 * @param newFrames texts that no first pass uses
 * @param transforms what is done to the request, in order
 * @param on what the transforms are applied to
 * @param strategy id of the strategy that plays the turns; absent for a single turn
 * @param script texts for the strategy, by name
 * @param parts the techniques of a chain, innermost first; empty when it is none
 * @since 0.1.0
 */
public record Technique(
    String id,
    int order,
    String title,
    String description,
    @Nullable String source,
    boolean standard,
    @Nullable String note,
    List<String> frames,
    List<String> newFrames,
    List<Transform> transforms,
    On on,
    @Nullable String strategy,
    Map<String, List<String>> script,
    List<Technique> parts) {
  /** Id of the technique that asks in plain words. */
  public static final String PLAIN = "direct";

  public Technique {
    frames = List.copyOf(frames);
    newFrames = List.copyOf(newFrames);
    transforms = List.copyOf(transforms);
    script = Map.copyOf(script);
    parts = List.copyOf(parts);
  }

  /** The same by name, but saying given turns in the place of its own; none for a single turn. */
  Technique scripted(List<String> turns) {
    return new Technique(
        id,
        order,
        title,
        description,
        source,
        standard,
        note,
        frames,
        newFrames,
        List.of(),
        on,
        turns.isEmpty() ? null : "script",
        Map.of("turns", turns),
        List.of());
  }

  /** What transforms are applied to. */
  public enum On {
    /** The request, before it goes into the frame. */
    REQUEST,
    /** The frame with the request in it. */
    TEXT
  }

  /** Its single techniques, innermost first: itself when it is no chain. */
  public List<Technique> layers() {
    return parts.isEmpty() ? List.of(this) : parts;
  }

  /** Says whether every part has frames of this set. */
  boolean has(WordingSet set) {
    return layers().stream().noneMatch(t -> t.of(set).isEmpty());
  }

  List<String> of(WordingSet set) {
    return set == WordingSet.FIRST ? frames : newFrames;
  }

  /** Every transform of its parts. */
  Stream<Transform> allTransforms() {
    return layers().stream().flatMap(t -> t.transforms().stream());
  }
}
