package dev.redoubt.guard.engine;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * What waits for a person's yes. A verdict {@link Verdict.Ask} becomes a pending question with an
 * id that can't be guessed; the thread that asked waits until somebody decides. No answer in time,
 * a full store and an interrupted wait are a no.
 *
 * <p>Who may decide: the caller whose conversation it is, and an operator, who is whoever the
 * application lets call {@link #decide(String, boolean)}. A question is decided once.
 *
 * <p>Thread-safe and bounded: at most {@code most} questions wait.
 *
 * @since 0.2.0
 */
public final class Confirmations {
  /** Nobody can be asked: what needs a yes stays unanswered at once. */
  public static final Confirmations NOBODY =
      new Confirmations(Duration.ZERO, 0, InstantSource.system(), pending -> {});

  private static final int ID_BYTES = 18;

  private final Duration patience;
  private final int most;
  private final InstantSource clock;
  private final Consumer<Pending> listener;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /**
   * Makes a store.
   *
   * @param patience how long a question waits
   * @param most how many may wait at once; one more is refused
   * @param clock tells the time that a question shows
   * @param listener told of each question, on the thread that waits; what it throws is a no
   */
  public Confirmations(
      Duration patience, int most, InstantSource clock, Consumer<Pending> listener) {
    this.patience = patience;
    this.most = most;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * A question that waits.
   *
   * @param id names it; 144 random bits
   * @param conversation whose conversation it belongs to
   * @param caller who may decide it, beside an operator
   * @param rule id of the rule that asks
   * @param what name of the tool, or {@code message} or {@code answer}
   * @param content the arguments or the text: content, for the person who decides
   * @param question what is asked, without content
   * @param expires when it becomes a no
   */
  public record Pending(
      String id,
      String conversation,
      Caller caller,
      String rule,
      String what,
      String content,
      String question,
      Instant expires) {}

  /** What became of an attempt to decide. */
  public enum Outcome {
    /** It is decided now. */
    DECIDED,
    /** No such question waits: never asked, decided before, or too late. */
    UNKNOWN,
    /** It is another caller's. */
    NOT_YOURS
  }

  private record Waiting(Pending pending, CompletableFuture<Boolean> decision) {}

  /** The questions that wait, oldest first. */
  public List<Pending> pending() {
    synchronized (waiting) {
      return waiting.values().stream().map(Waiting::pending).toList();
    }
  }

  /** Decides as an operator. */
  public Outcome decide(String id, boolean approve) {
    synchronized (waiting) {
      Waiting found = waiting.remove(id);
      if (found == null) {
        return Outcome.UNKNOWN;
      }
      found.decision().complete(approve);
      return Outcome.DECIDED;
    }
  }

  /** Decides as the caller of a conversation; an anonymous one decides nothing. */
  public Outcome decide(String id, boolean approve, Caller by) {
    synchronized (waiting) {
      Waiting found = waiting.get(id);
      if (found == null) {
        return Outcome.UNKNOWN;
      }
      boolean own = !by.isAnonymous() && by.id().equals(found.pending().caller().id());
      return own ? decide(id, approve) : Outcome.NOT_YOURS;
    }
  }

  /**
   * Turns a question into what a person made of it: {@link Verdict.Allow} or {@link Verdict.Block};
   * any other verdict is given back. Blocks the calling thread while it waits. Where nobody can be
   * asked at all, the question itself is given back, which does not pass either.
   *
   * @param what name of the tool, or what kind of text it is
   * @param content what the person who decides is to see
   */
  public Verdict settle(
      String conversation, Caller caller, String what, String content, Verdict verdict) {
    if (!(verdict instanceof Verdict.Ask ask) || most == 0) {
      return verdict;
    }
    String rule = verdict.rule() == null ? "" : verdict.rule();
    var pending =
        new Pending(
            newId(),
            conversation,
            caller,
            rule,
            what,
            content,
            ask.message(),
            clock.instant().plus(patience));
    var entry = new Waiting(pending, new CompletableFuture<>());
    synchronized (waiting) {
      if (waiting.size() >= most) {
        return refused(ask, "Sorry, too many questions wait for an answer already.");
      }
      waiting.put(pending.id(), entry);
    }
    try {
      listener.accept(pending);
      boolean yes = entry.decision().get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return yes
          ? new Verdict.Allow(ask.evidence(), ask.trace())
          : refused(ask, "Sorry, this was not confirmed.");
    } catch (TimeoutException late) {
      return refused(ask, "Sorry, nobody confirmed this in time.");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return refused(ask, "Sorry, nobody confirmed this in time.");
    } catch (ExecutionException | RuntimeException failed) {
      return refused(ask, "Sorry, nobody could be asked to confirm this.");
    } finally {
      synchronized (waiting) {
        waiting.remove(pending.id());
      }
    }
  }

  private static Verdict refused(Verdict.Ask ask, String message) {
    return new Verdict.Block(message, ask.evidence(), ask.trace());
  }

  private String newId() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
