package dev.redoubt.app.cli;

import dev.redoubt.core.AssessmentContext;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Fact;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Limits;
import dev.redoubt.core.OwnWords;
import dev.redoubt.core.Twin;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The context of one run of {@code assess}: collects what assessors hand over and shows their
 * progress.
 */
final class RunContext implements AssessmentContext, AutoCloseable {
  private final long seed;
  private final String runId;
  private final Path runFolder;
  private final Path baseFolder;
  private final Limits limits;
  private boolean offline;
  private boolean thorough;
  private OwnWords ownWords = OwnWords.ON;
  private final BooleanSupplier stop;
  private final PrintWriter err;
  private final List<Object> lent = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Twin> twins = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private @Nullable Progress progress;
  private String step = "";

  RunContext(
      long seed,
      String runId,
      Path runFolder,
      Path baseFolder,
      Limits limits,
      BooleanSupplier stop,
      PrintWriter err) {
    this.seed = seed;
    this.runId = runId;
    this.runFolder = runFolder;
    this.baseFolder = baseFolder;
    this.limits = limits;
    this.stop = stop;
    this.err = err;
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public String runId() {
    return runId;
  }

  @Override
  public Path runFolder() {
    return runFolder;
  }

  @Override
  public Path baseFolder() {
    return baseFolder;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  /** The same for a run that is only replayed. */
  RunContext withoutCalls() {
    offline = true;
    return this;
  }

  /** The same with everything tried. */
  RunContext thorough(boolean all) {
    thorough = all;
    return this;
  }

  /** The same lending something to assessors that know its type. */
  RunContext lend(Object thing) {
    lent.add(thing);
    return this;
  }

  @Override
  public <T> Optional<T> lent(Class<T> type) {
    return lent.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** The same with so much in the system's own words. */
  RunContext ownWords(OwnWords share) {
    ownWords = share;
    return this;
  }

  @Override
  public OwnWords ownWords() {
    return ownWords;
  }

  @Override
  public boolean thorough() {
    return thorough;
  }

  @Override
  public boolean offline() {
    return offline;
  }

  @Override
  public boolean cancelled() {
    return stop.getAsBoolean();
  }

  @Override
  public synchronized void progress(String what, long done, long total) {
    Progress shown = progress;
    if (shown == null || !what.equals(step)) {
      close();
      shown = new Progress(err, what);
      progress = shown;
      step = what;
    }
    shown.step(done, total, "");
  }

  @Override
  public synchronized void finding(Finding finding) {
    findings.add(finding);
  }

  @Override
  public synchronized void note(String line) {
    String safe = "note: " + Words.safe(line, Integer.MAX_VALUE);
    if (progress == null) {
      err.println(safe);
      err.flush();
    } else {
      progress.say(safe);
    }
  }

  @Override
  public synchronized void attempt(Attempt attempt) {
    attempts.add(attempt);
  }

  @Override
  public synchronized void twin(Twin twin) {
    twins.add(twin);
  }

  @Override
  public synchronized void fact(Fact fact) {
    facts.add(fact);
  }

  /** The findings so far, worst first. */
  synchronized List<Finding> findings() {
    return findings.stream().sorted(Comparator.comparing(Finding::severity).reversed()).toList();
  }

  synchronized List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  synchronized List<Twin> twins() {
    return List.copyOf(twins);
  }

  synchronized List<Fact> facts() {
    return List.copyOf(facts);
  }

  @Override
  public synchronized void close() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }
}
