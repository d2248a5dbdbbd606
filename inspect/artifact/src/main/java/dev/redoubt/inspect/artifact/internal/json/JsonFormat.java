package dev.redoubt.inspect.artifact.internal.json;

import dev.redoubt.inspect.artifact.ReadContext;
import java.io.IOException;

/**
 * A kind of JSON that means something to a loader; found by {@link java.util.ServiceLoader}. A text
 * goes to every kind that recognises it.
 */
public interface JsonFormat {
  /**
   * Says whether a tree is of this kind, by what stands in it.
   *
   * @param root the value of the whole text
   * @param name last part of the file's name
   */
  boolean recognises(Object root, String name);

  /** Says whether it matters that a key stands twice, or that the text is no JSON. */
  default boolean strict() {
    return true;
  }

  /** Tells the context what it saw. */
  void read(Json json, ReadContext context) throws IOException;
}
