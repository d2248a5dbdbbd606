package dev.redoubt.runtime.embed;

import java.util.List;

/**
 * Turns texts into vectors of unit length. Thread-safe.
 *
 * <p>A text longer than the model's window is read in windows, up to 32 of them; what comes after
 * is not seen.
 */
public interface Embedder extends AutoCloseable {

  /**
   * Loads all-MiniLM-L6-v2, quantised to 8 bits: 384 dimensions, English first.
   *
   * @throws EmbedderException where the weights are not on the class path, are not the pinned ones,
   *     or the native library can't be loaded
   */
  static Embedder miniLm() {
    return MiniLm.load(Math.min(2, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * The vector of a text.
   *
   * @throws EmbedderException where the model fails or is closed
   */
  float[] embed(String text);

  /**
   * The vectors of texts, in order; faster than one by one.
   *
   * @throws EmbedderException where the model fails or is closed
   */
  List<float[]> embedAll(List<String> texts);

  /** Length of every vector. */
  int dimensions();

  /** Lets what runs come to its end, then frees the model. */
  @Override
  void close();
}
