package dev.redoubt.app.cli;

import dev.redoubt.core.AssessmentContext;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Fact;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Limits;
import dev.redoubt.core.OwnWords;
import dev.redoubt.core.Twin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A context that also keeps the findings that pass through it.
 *
 * @param under the context of the run
 * @param findings where they are kept
 */
record RecordingContext(AssessmentContext under, List<Finding> findings)
    implements AssessmentContext {
  @Override
  public long seed() {
    return under.seed();
  }

  @Override
  public String runId() {
    return under.runId();
  }

  @Override
  public Path runFolder() {
    return under.runFolder();
  }

  @Override
  public Path baseFolder() {
    return under.baseFolder();
  }

  @Override
  public Limits limits() {
    return under.limits();
  }

  @Override
  public boolean offline() {
    return under.offline();
  }

  @Override
  public boolean thorough() {
    return under.thorough();
  }

  @Override
  public <T> Optional<T> lent(Class<T> type) {
    return under.lent(type);
  }

  @Override
  public OwnWords ownWords() {
    return under.ownWords();
  }

  @Override
  public boolean cancelled() {
    return under.cancelled();
  }

  @Override
  public void progress(String what, long done, long total) {
    under.progress(what, done, total);
  }

  @Override
  public void note(String line) {
    under.note(line);
  }

  @Override
  public void finding(Finding finding) {
    findings.add(finding);
    under.finding(finding);
  }

  @Override
  public void attempt(Attempt attempt) {
    under.attempt(attempt);
  }

  @Override
  public void fact(Fact fact) {
    under.fact(fact);
  }

  @Override
  public void twin(Twin twin) {
    under.twin(twin);
  }
}
