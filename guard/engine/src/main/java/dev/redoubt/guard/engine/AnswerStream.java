package dev.redoubt.guard.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks an answer that comes in pieces and lets out what is safe. The last characters are held
 * back ({@link ScanLimits#holdBack}), so that what is recognised within them never leaves in part.
 *
 * <p>It looks at fixed positions of the text, wherever the pieces were cut: the same answer gives
 * the same text out, however it comes. A match that grows beyond 4,096 characters stops the answer.
 * An answer longer than {@link ScanLimits#maxCharacters} is stopped, so an endless one ends. A
 * policy with {@code buffer: full} lets nothing out before the end and checks the whole then. Not
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class AnswerStream {
  /** How much text comes in from one look to the next. */
  private static final int STEP = 64;

  /** How much of what has left is looked at again, so that a match has its left side. */
  private static final int CONTEXT = 2_048;

  /** A match that is longer than this and still grows stops the answer. */
  private static final int LONGEST_MATCH = 4_096;

  private final Policy policy;
  private final Function<String, Scan> scan;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder sent = new StringBuilder();
  private final List<ScanResult> evidence = new ArrayList<>();
  private final LinkedHashSet<String> ran = new LinkedHashSet<>();
  private final LinkedHashSet<String> notRun = new LinkedHashSet<>();

  /** Everything before it was decided: sent, replaced, or dropped. */
  private int decided;

  private boolean rewritten;
  private boolean finished;
  private @Nullable Verdict stop;

  /** What needs the whole answer, once it is there; absent where nothing does. */
  private final @Nullable Function<String, Scan> whole;

  private @Nullable Verdict afterwards;

  AnswerStream(Policy policy, Function<String, Scan> scan, @Nullable Function<String, Scan> whole) {
    this.policy = policy;
    this.scan = scan;
    this.whole = whole;
  }

  /**
   * Takes a piece of the answer.
   *
   * @return what may be shown now; empty while it is held back, and once the answer was stopped
   */
  public String push(String piece) {
    if (finished) {
      throw new IllegalStateException("the answer was finished");
    }
    if (stop != null) {
      return "";
    }
    int from = 0;
    var out = new StringBuilder();
    while (from < piece.length() && stop == null) {
      int room = STEP - text.length() % STEP;
      int to = Math.min(piece.length(), from + room);
      text.append(piece, from, to);
      from = to;
      if (text.length() % STEP == 0) {
        out.append(policy.bufferFull() ? bounded() : look(false));
      }
    }
    return out.toString();
  }

  /**
   * Ends the answer.
   *
   * @return the rest that may be shown
   */
  public String finish() {
    if (finished) {
      throw new IllegalStateException("the answer was finished");
    }
    String rest = stop == null ? look(true) : "";
    finished = true;
    if (whole != null && stop == null) {
      afterwards =
          whole
              .apply(text.toString())
              .decide(text.toString(), Stage.ANSWER, policy.blockOnNotRun());
    }
    return rest;
  }

  /**
   * What rules that need the whole answer said when it was whole, which is after it was shown; null
   * where there are none, or before {@link #finish}. With {@code buffer: full} they speak in time,
   * and nothing is left for afterwards.
   */
  public @Nullable Verdict afterwards() {
    return afterwards;
  }

  private String bounded() {
    if (text.length() > policy.limits().maxCharacters()) {
      tooLong();
    }
    return "";
  }

  private void tooLong() {
    // Whatever the policy says about scanners: an endless answer must end.
    notRun.add("answer: longer than " + policy.limits().maxCharacters() + " characters");
    stop = new Verdict.NotRun("the answer is too long to be checked", evidence, trace());
  }

  /** Says whether the answer was stopped: nothing more comes out, {@link #verdict} says why. */
  public boolean stopped() {
    return stop != null;
  }

  /**
   * What became of the answer so far: for one that was stopped the verdict that did it, else {@link
   * Verdict.Rewrite} with all that was let out, or {@link Verdict.Allow}.
   */
  public Verdict verdict() {
    if (stop != null) {
      return stop;
    }
    var trace = new Verdict.Trace(List.copyOf(ran), List.copyOf(notRun));
    return rewritten
        ? new Verdict.Rewrite(sent.toString(), evidence, trace)
        : new Verdict.Allow(evidence, trace);
  }

  private String look(boolean last) {
    int end = text.length();
    if (end > policy.limits().maxCharacters()) {
      tooLong();
      return "";
    }
    int limit = last ? end : end - policy.limits().holdBack();
    if (limit <= decided) {
      return "";
    }
    int from = windowStart();
    Scan window = scan.apply(text.substring(from));
    ran.addAll(window.trace().ran());
    notRun.addAll(window.trace().notRun());
    List<Scan.Found> found = window.found().stream().map(f -> f.movedBy(from)).toList();
    for (Scan.Found f : found) {
      Hit hit = f.hit();
      if (f.action() == Action.LOG || hit.start() >= limit || hit.end() <= limit) {
        continue;
      }
      if (hit.end() - hit.start() > LONGEST_MATCH) {
        stop = tooLong(f);
        return "";
      }
      // A match that reaches into what is held back may yet grow into something harmless.
      limit = Math.max(decided, hit.start());
    }
    return settle(found, whole(limit));
  }

  /** Half a character can't be written: what carries the pieces would make question marks of it. */
  private int whole(int limit) {
    boolean split =
        limit > decided
            && limit < text.length()
            && Character.isLowSurrogate(text.charAt(limit))
            && Character.isHighSurrogate(text.charAt(limit - 1));
    return split ? limit - 1 : limit;
  }

  /** Holding back forever would be one way out, letting it go another: it stops the answer. */
  private Verdict tooLong(Scan.Found f) {
    evidence.add(new Scan.Found(f.rule(), Action.BLOCK, f.hit()).result());
    return new Verdict.Block("Sorry, I can't share that.", evidence, trace());
  }

  private String settle(List<Scan.Found> found, int limit) {
    var due = new ArrayList<Scan.Found>();
    for (Scan.Found f : found) {
      if (f.hit().start() < limit && f.hit().end() > decided) {
        due.add(f);
        if (f.hit().start() >= decided) {
          evidence.add(f.result());
        }
      }
    }
    Scan now = new Scan(due, trace());
    stop = now.stopping(Stage.ANSWER, policy.blockOnNotRun());
    return stop != null ? "" : release(limit, now.rewrites());
  }

  private Verdict.Trace trace() {
    return new Verdict.Trace(List.copyOf(ran), List.copyOf(notRun));
  }

  private String release(int limit, List<Scan.Span> rewrites) {
    var out = new StringBuilder();
    for (Scan.Span span : rewrites) {
      if (span.start() >= decided) {
        out.append(text, decided, span.start()).append(span.replacement());
      }
      decided = Math.max(decided, span.end());
      rewritten = true;
    }
    if (decided < limit) {
      out.append(text, decided, limit);
      decided = limit;
    }
    sent.append(out);
    return out.toString();
  }

  private int windowStart() {
    int start = Math.max(0, decided - CONTEXT);
    if (start == 0) {
      return 0;
    }
    // Half a word at the left edge could look like something that it is not.
    for (int i = start; i < Math.min(decided, start + 256); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return start;
  }
}
