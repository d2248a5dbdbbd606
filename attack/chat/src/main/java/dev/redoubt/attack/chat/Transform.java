package dev.redoubt.attack.chat;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Rewrites a request so that a filter no longer recognises it, or so that a model reads it in
 * another light: an encoding, a disguise, words around it. Found by {@link java.util.ServiceLoader}
 * and named by techniques. Stateless and thread-safe.
 *
 * <p>The same text and the same random numbers give the same result, so that a call can be
 * repeated.
 *
 * @since 0.1.0
 */
public interface Transform {

  /** Stable id, as techniques name it. */
  String id();

  /**
   * Rewrites.
   *
   * @param text the request, every word in braces filled
   * @param random numbers that follow from the seed of the attempt
   */
  String apply(String text, RandomGenerator random);

  /** Says whether it draws random numbers, so that repetitions differ. */
  default boolean draws() {
    return false;
  }

  /**
   * The same in another size, where size means something: how much filler, how many examples.
   *
   * @return empty when it has no size
   * @throws IllegalArgumentException when the size is out of its bounds, with the bounds
   */
  default Optional<Transform> sized(int size) {
    return Optional.empty();
  }
}
