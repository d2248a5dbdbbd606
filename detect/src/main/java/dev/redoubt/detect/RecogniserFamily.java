package dev.redoubt.detect;

import java.util.List;

/**
 * Recognisers that one table makes; found by {@link java.util.ServiceLoader}, as a single {@link
 * Recogniser} is.
 */
public interface RecogniserFamily {
  /** The recognisers, one for each type. */
  List<Recogniser> recognisers();
}
