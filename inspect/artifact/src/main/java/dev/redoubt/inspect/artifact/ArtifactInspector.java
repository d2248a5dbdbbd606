package dev.redoubt.inspect.artifact;

import dev.redoubt.inspect.artifact.FileInspection.Found;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Inspects files and folders: what each file does when it is loaded, without loading it.
 *
 * <p>Files are read in parallel; results come in the order of the walk, as soon as they are there,
 * so that a tree of any size takes bounded memory. Not thread-safe; one run each.
 *
 * @since 0.1.0
 */
public final class ArtifactInspector {
  /** So many inert members of a file are listed; the rest is counted. */
  public static final int MAX_MEMBERS = 20_000;

  /** Results that may wait for one that takes long. */
  private static final int WINDOW = 2048;

  private final Budget budget;
  private final int threads;
  private final Predicate<String> known;
  private final BooleanSupplier cancelled;
  private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
  private final Deque<Future<@Nullable FileResult>> waiting = new ArrayDeque<>();
  private long skipped;
  private long bytes;

  /**
   * @param limits of the whole run
   * @param threads files that are read at the same time
   * @param known says of the SHA-256 of a file, in lower-case hexadecimal, whether it may be
   *     skipped
   * @param cancelled true once the user asked to stop
   */
  public ArtifactInspector(
      Limits limits, int threads, Predicate<String> known, BooleanSupplier cancelled) {
    this.budget = new Budget(limits);
    this.threads = threads;
    this.known = known;
    this.cancelled = cancelled;
  }

  /** Inspects with the usual limits on all processors. */
  public static ArtifactInspector standard() {
    return new ArtifactInspector(
        Limits.DEFAULT, Runtime.getRuntime().availableProcessors(), digest -> false, () -> false);
  }

  /**
   * Inspects files and everything below folders.
   *
   * @param paths what to inspect
   * @param results takes each result on the calling thread
   * @return what came out of it all
   * @throws InterruptedException when the thread is interrupted, or the user asked to stop
   */
  public Totals inspect(List<Path> paths, Consumer<FileResult> results)
      throws InterruptedException {
    long started = System.nanoTime();
    var inspection = new FileInspection(budget, known);
    ExecutorService workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("inspect-", 0).factory());
    try {
      var walk =
          new TreeWalk(
              new TreeWalk.Visitor() {
                @Override
                public void file(Found found) {
                  submit(workers.submit(() -> inspection.inspect(found)), results);
                }

                @Override
                public void unread(Found found, Observation observation) {
                  submit(
                      java.util.concurrent.CompletableFuture.completedFuture(
                          FileInspection.unread(found, observation)),
                      results);
                }
              });
      for (Path path : paths) {
        walk.walk(path);
      }
      while (!waiting.isEmpty()) {
        emit(waiting.removeFirst(), results);
      }
    } catch (StoppedException e) {
      var interrupted = new InterruptedException("stopped");
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      workers.shutdownNow();
    }
    return totals(Duration.ofNanos(System.nanoTime() - started));
  }

  /** Carries an interrupt through the walk, whose visitor can't throw checked exceptions. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private void submit(Future<@Nullable FileResult> result, Consumer<FileResult> results) {
    waiting.addLast(result);
    while (!waiting.isEmpty() && (waiting.size() > WINDOW || waiting.getFirst().isDone())) {
      emit(waiting.removeFirst(), results);
    }
  }

  private void emit(Future<@Nullable FileResult> future, Consumer<FileResult> results) {
    FileResult result;
    try {
      if (cancelled.getAsBoolean()) {
        throw new StoppedException();
      }
      result = future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a reader failed: " + e.getCause(), e.getCause());
    }
    if (result == null) {
      skipped++;
      return;
    }
    counts.merge(result.verdict(), 1L, Long::sum);
    bytes += result.size();
    results.accept(result);
  }

  private Totals totals(Duration duration) {
    return new Totals(
        counts.getOrDefault(Verdict.MALICIOUS, 0L),
        counts.getOrDefault(Verdict.UNPROVEN, 0L),
        counts.getOrDefault(Verdict.INCOMPLETE, 0L),
        counts.getOrDefault(Verdict.INERT, 0L),
        skipped,
        bytes,
        duration);
  }
}
