package dev.redoubt.guard.langchain4j;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.GuardPassage;
import dev.redoubt.guard.engine.RetrievalGuard;
import dev.redoubt.guard.engine.RetrievalGuard.Screened;
import java.util.ArrayList;
import java.util.List;

/** Lets through of what another retriever finds what the caller may read and the policy allows. */
final class GuardedRetriever implements ContentRetriever {
  private final Sessions sessions;
  private final RetrievalGuard retrieval;
  private final ContentRetriever retriever;

  GuardedRetriever(Sessions sessions, RetrievalGuard retrieval, ContentRetriever retriever) {
    this.sessions = sessions;
    this.retrieval = retrieval;
    this.retriever = retriever;
  }

  @Override
  public List<Content> retrieve(Query query) {
    Caller caller =
        sessions.caller(query.metadata() == null ? null : query.metadata().invocationContext());
    List<Content> found = retriever.retrieve(query);
    var passages = new ArrayList<GuardPassage>();
    for (int i = 0; i < found.size(); i++) {
      passages.add(Segments.passage(found.get(i).textSegment(), "passage " + (i + 1)));
    }
    List<Screened> screened = retrieval.screen(caller, passages);
    var kept = new ArrayList<Content>();
    for (int i = 0; i < found.size(); i++) {
      if (screened.get(i) instanceof Screened.Kept k) {
        Metadata metadata = found.get(i).textSegment().metadata();
        kept.add(
            Content.from(
                TextSegment.from(retrieval.marked(k.passed()), metadata), found.get(i).metadata()));
      }
    }
    return kept;
  }
}
