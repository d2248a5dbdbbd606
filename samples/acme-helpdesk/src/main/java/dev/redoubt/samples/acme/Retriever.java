package dev.redoubt.samples.acme;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.DocumentAccess;
import dev.redoubt.samples.acme.VectorIndex.Passage;
import java.util.Comparator;
import java.util.List;

/** Finds the passages that a question is about. */
final class Retriever {
  private static final int MOST = 2;
  private static final double LEAST_SIMILARITY = 0.4;

  private final VectorIndex index;
  private final boolean accessControl;

  /**
   * Searches an index.
   *
   * @param index the index
   * @param accessControl whether a caller gets only what they may read
   */
  Retriever(VectorIndex index, boolean accessControl) {
    this.index = index;
    this.accessControl = accessControl;
  }

  /** The most similar passages, best first. */
  List<Passage> search(Caller caller, String question) {
    var candidates = index.all();
    if (accessControl) {
      candidates = DocumentAccess.readable(caller, candidates, Passage::label);
    }
    var vector = index.vector(question);
    return candidates.stream()
        .map(passage -> new Hit(passage, passage.similarity(vector)))
        .filter(hit -> hit.similarity >= LEAST_SIMILARITY)
        .sorted(Comparator.comparingDouble(Hit::similarity).reversed())
        .limit(MOST)
        .map(Hit::passage)
        .toList();
  }

  private record Hit(Passage passage, double similarity) {}
}
