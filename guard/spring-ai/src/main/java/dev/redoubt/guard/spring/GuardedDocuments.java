package dev.redoubt.guard.spring;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.DocumentLabel;
import dev.redoubt.guard.engine.GuardPassage;
import dev.redoubt.guard.engine.Provenance;
import dev.redoubt.guard.engine.RetrievalGuard;
import dev.redoubt.guard.engine.RetrievalGuard.Screened;
import dev.redoubt.guard.engine.Visibility;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.rag.Query;
import org.springframework.ai.rag.postretrieval.document.DocumentPostProcessor;
import org.springframework.ai.rag.retrieval.search.DocumentRetriever;

/**
 * Lets through of what was retrieved what the caller may read and the policy allows, each passage
 * between markers; as a post-processor, or as a retriever around another. Who calls is what the
 * {@link GuardAdvisor} learned, or the parameter {@link GuardAdvisor#CALLER}.
 *
 * @since 0.2.0
 */
public final class GuardedDocuments implements DocumentPostProcessor {
  private final RetrievalGuard retrieval;

  /** Makes it. */
  public GuardedDocuments(RetrievalGuard retrieval) {
    this.retrieval = retrieval;
  }

  /** The same around a retriever. */
  public DocumentRetriever around(DocumentRetriever retriever) {
    return query -> process(query, retriever.retrieve(query));
  }

  @Override
  public List<Document> process(Query query, List<Document> documents) {
    CallState state = CallState.in(query.context());
    Caller caller =
        state == null
            ? GuardAdvisor.callerParameter(new HashMap<>(query.context()))
            : state.caller();
    var kept = new ArrayList<Document>();
    for (Document document : documents) {
      if (document.isText()
          && retrieval.screen(caller, List.of(passage(document))).getFirst()
              instanceof Screened.Kept k) {
        kept.add(document.mutate().text(retrieval.marked(k.passed())).build());
      }
    }
    return kept;
  }

  /**
   * What became of documents on their way into a vector store.
   *
   * @param kept those that may go in, stamped with digest, time and who brought them
   * @param dropped the decisions on the rest
   */
  public record Ingested(List<Document> kept, List<Screened.Dropped> dropped) {
    public Ingested {
      kept = List.copyOf(kept);
      dropped = List.copyOf(dropped);
    }
  }

  /** Scans documents on their way into a vector store; give them to it as {@code kept()}. */
  public Ingested ingest(List<Document> documents, String by) {
    var kept = new ArrayList<Document>();
    var dropped = new ArrayList<Screened.Dropped>();
    for (Document document : documents) {
      switch (retrieval.ingest(passage(document), by)) {
        case Screened.Kept k -> {
          var made = document.mutate().text(k.passed().text());
          k.passed().provenance().metadata().forEach(made::metadata);
          kept.add(made.build());
        }
        case Screened.Dropped d -> dropped.add(d);
      }
    }
    return new Ingested(kept, dropped);
  }

  private static GuardPassage passage(Document document) {
    Map<String, Object> metadata = document.getMetadata();
    Object source = metadata.get("source");
    String name = source == null ? document.getId() : source.toString();
    String text = document.getText();
    return new GuardPassage(
        document.getId(), text == null ? "" : text, label(metadata), Provenance.of(metadata, name));
  }

  private static @Nullable DocumentLabel label(Map<String, Object> metadata) {
    Object visibility = metadata.get("visibility");
    Object owner = metadata.get("owner");
    if (visibility == null && owner == null) {
      return null;
    }
    return new DocumentLabel(
        visibility == null ? Visibility.OWNER : Visibility.of(visibility.toString()),
        owner == null ? null : owner.toString());
  }
}
