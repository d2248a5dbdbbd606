package dev.redoubt.samples.acme;

import dev.redoubt.runtime.embed.Embedder;
import java.util.List;
import java.util.Locale;

/** Similar words give similar vectors; no weights to load. */
final class WordEmbedder implements Embedder {
  private static final int DIMENSIONS = 512;

  @Override
  public float[] embed(String text) {
    var vector = new float[DIMENSIONS];
    for (var word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
      vector[Math.floorMod(word.hashCode(), DIMENSIONS)] += 1;
    }
    double squares = 0;
    for (float x : vector) {
      squares += x * x;
    }
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  @Override
  public List<float[]> embedAll(List<String> texts) {
    return texts.stream().map(this::embed).toList();
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public void close() {}
}
