package dev.redoubt.guard.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.redoubt.guard.engine.RetrievalGuard;
import dev.redoubt.guard.engine.RetrievalGuard.Screened;
import java.util.ArrayList;
import java.util.List;

/**
 * Scans segments on their way into an embedding store. What passes carries its digest, the time and
 * who brought it in its metadata, and {@link LangChain4jGuard#retriever} holds it to that.
 *
 * <pre>{@code
 * var segments = redoubt.ingestion("crawler").scan(splitter.split(document));
 * store.addAll(embeddings.embedAll(segments.kept()).content(), segments.kept());
 * }</pre>
 *
 * @since 0.2.0
 */
public final class GuardedIngestion {
  private final RetrievalGuard retrieval;
  private final String by;

  GuardedIngestion(RetrievalGuard retrieval, String by) {
    this.retrieval = retrieval;
    this.by = by;
  }

  /**
   * What became of segments.
   *
   * @param kept those that may go in, stamped
   * @param dropped the decisions on the rest
   */
  public record Result(List<TextSegment> kept, List<Screened.Dropped> dropped) {
    public Result {
      kept = List.copyOf(kept);
      dropped = List.copyOf(dropped);
    }
  }

  /** Scans segments, in order. */
  public Result scan(List<TextSegment> segments) {
    var kept = new ArrayList<TextSegment>();
    var dropped = new ArrayList<Screened.Dropped>();
    for (int i = 0; i < segments.size(); i++) {
      TextSegment segment = segments.get(i);
      switch (retrieval.ingest(Segments.passage(segment, "segment " + (i + 1)), by)) {
        case Screened.Kept k -> kept.add(Segments.stamped(segment, k.passed()));
        case Screened.Dropped d -> dropped.add(d);
      }
    }
    return new Result(kept, dropped);
  }
}
