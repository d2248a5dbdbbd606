package dev.redoubt.guard.engine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an index and after it: scans what goes in, and of what comes out keeps what the
 * caller may read, what is still what went in, and what passes the policy today. The adapters for
 * retrievers are thin layers over it.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.2.0
 */
public final class RetrievalGuard {
  private final Guard guard;
  private final InstantSource clock;
  private final Unlabelled unlabelled;
  private final boolean needDigest;
  private final Spotlight spotlight;

  /** What becomes of a passage that does not say who may read it. */
  public enum Unlabelled {
    /** Nobody gets it, which is the default. */
    DROP,
    /** Everybody gets it: right for an index of public documents only. */
    PUBLIC
  }

  private RetrievalGuard(
      Guard guard, InstantSource clock, Unlabelled unlabelled, boolean needDigest) {
    this.guard = guard;
    this.clock = clock;
    this.unlabelled = unlabelled;
    this.needDigest = needDigest;
    this.spotlight = new Spotlight(guard.policy().passages());
  }

  /** A guard that drops passages without a label. */
  public static RetrievalGuard of(Guard guard) {
    return new RetrievalGuard(guard, InstantSource.system(), Unlabelled.DROP, false);
  }

  /** The same with another treatment of passages that say nothing of their readers. */
  public RetrievalGuard unlabelled(Unlabelled treatment) {
    return new RetrievalGuard(guard, clock, treatment, needDigest);
  }

  /** The same, and a passage that never went through {@link #ingest} is dropped, too. */
  public RetrievalGuard onlyIngested() {
    return new RetrievalGuard(guard, clock, unlabelled, true);
  }

  /** The same with a clock for the time of ingestion. */
  public RetrievalGuard clock(InstantSource other) {
    return new RetrievalGuard(guard, other, unlabelled, needDigest);
  }

  /** What became of a passage. */
  public sealed interface Screened {
    /** The passage as it came. */
    GuardPassage passage();

    /**
     * It may go on.
     *
     * @param passed the passage with the text that may pass
     * @param verdict why, with evidence
     */
    record Kept(GuardPassage passage, GuardPassage passed, Verdict verdict) implements Screened {}

    /**
     * It must not.
     *
     * @param why in plain words, without content
     * @param verdict what the policy said; absent where it was not asked
     */
    record Dropped(GuardPassage passage, String why, @Nullable Verdict verdict)
        implements Screened {}
  }

  /**
   * Scans a passage on its way into an index. What is kept carries its digest, the time and who
   * brought it: keep {@link Provenance#metadata} beside it.
   *
   * @param by who brings it, such as the name of a crawler
   */
  public Screened ingest(GuardPassage passage, String by) {
    Verdict verdict = check(Caller.ANONYMOUS, passage);
    if (!verdict.passes()) {
      return new Screened.Dropped(passage, "the policy refuses it", verdict);
    }
    String text = verdict.shown(passage.text());
    var from =
        new Provenance(
            passage.provenance().source(), Provenance.digest(text), clock.instant().toString(), by);
    return new Screened.Kept(
        passage, new GuardPassage(passage.id(), text, passage.label(), from), verdict);
  }

  /** Decides about each of the passages that were retrieved for a caller, in order. */
  public List<Screened> screen(Caller caller, Collection<GuardPassage> passages) {
    var screened = new ArrayList<Screened>();
    for (GuardPassage passage : passages) {
      screened.add(screen(caller, passage));
    }
    return screened;
  }

  private Screened screen(Caller caller, GuardPassage passage) {
    DocumentLabel label = passage.label();
    if (label == null ? unlabelled == Unlabelled.DROP : !DocumentAccess.mayRead(caller, label)) {
      return new Screened.Dropped(passage, "the caller may not read it", null);
    }
    String digest = passage.provenance().sha256();
    if (digest.isEmpty() ? needDigest : !digest.equals(Provenance.digest(passage.text()))) {
      return new Screened.Dropped(
          passage,
          digest.isEmpty() ? "it was never ingested" : "it was changed after it was ingested",
          null);
    }
    Verdict verdict = check(caller, passage);
    return verdict.passes()
        ? new Screened.Kept(
            passage,
            new GuardPassage(
                passage.id(), verdict.shown(passage.text()), passage.label(), passage.provenance()),
            verdict)
        : new Screened.Dropped(passage, "the policy refuses it", verdict);
  }

  /**
   * Keeps what may be shown, each as {@code make} builds it from the passage and its text between
   * markers.
   */
  public <T> List<T> readable(
      Caller caller, Collection<GuardPassage> passages, Function<GuardPassage, T> make) {
    var kept = new ArrayList<T>();
    for (Screened s : screen(caller, passages)) {
      if (s instanceof Screened.Kept k) {
        kept.add(make.apply(k.passed()));
      }
    }
    return kept;
  }

  /** The passage between markers that its text can't imitate; see {@link Spotlight}. */
  public String marked(GuardPassage passage) {
    return spotlight.mark(passage);
  }

  private Verdict check(Caller caller, GuardPassage passage) {
    // Without its own markers: what stands in the text as a marker is text.
    String text = passage.text();
    Text document = Text.document(passage.provenance().origin(), text);
    return guard.checkInput(Exchange.of(caller, document), document);
  }
}
