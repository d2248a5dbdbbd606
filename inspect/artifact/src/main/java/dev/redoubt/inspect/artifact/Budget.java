package dev.redoubt.inspect.artifact;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** What is left of the {@link Limits} of a run; shared by all readers and threads. Thread-safe. */
public final class Budget {
  /** A ratio says nothing about less than this many unpacked bytes. */
  public static final long RATIO_FROM = 16L << 20;

  /** Bytes of memory that every thread may take without {@link #large}. */
  public static final int SMALL = 2 << 20;

  /** A file that unpacks to this much, in all its levels together, has to be so large itself. */
  private static final long EXPANSION_FROM = 1L << 30;

  private static final int EXPANSION = 200;

  private final Limits limits;
  private final LongSupplier nanoTime;
  private final long started;
  private final AtomicLong unpacked;
  private final AtomicLong entries;
  private final ReentrantLock large;

  /** Size of the one file that this is the budget of; 0 where it is that of the run. */
  private final long fileSize;

  private final AtomicLong expanded = new AtomicLong();

  /** A fresh budget whose time starts now. */
  public Budget(Limits limits) {
    this(limits, System::nanoTime);
  }

  Budget(Limits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.unpacked = new AtomicLong();
    this.entries = new AtomicLong();
    this.large = new ReentrantLock();
    this.fileSize = 0;
  }

  private Budget(Budget run, long fileSize) {
    this.limits = run.limits;
    this.nanoTime = run.nanoTime;
    this.started = run.started;
    this.unpacked = run.unpacked;
    this.entries = run.entries;
    this.large = run.large;
    this.fileSize = fileSize;
  }

  /** The same budget as one file sees it, which may not expand out of all proportion. */
  Budget forFile(long size) {
    return new Budget(this, Math.max(1, size));
  }

  /**
   * Takes bytes that came out of a compressed member of the file for the first time.
   *
   * @throws MalformedException when the file expands as only bombs do, also over several levels
   */
  public void expanded(long bytes) throws MalformedException {
    long total = expanded.addAndGet(bytes);
    if (fileSize > 0 && total > EXPANSION_FROM && total / fileSize > EXPANSION) {
      throw new MalformedException(
          "the file unpacks to more than " + EXPANSION + " times its size: an expansion bomb", -1);
    }
  }

  /** The limits that it started from. */
  public Limits limits() {
    return limits;
  }

  /**
   * To be held by whoever takes more than {@link #SMALL} bytes of memory, so that one file at a
   * time does.
   */
  public ReentrantLock large() {
    return large;
  }

  /**
   * Takes bytes that came out of a compressed member.
   *
   * @throws LimitException when the run has unpacked too much
   */
  public void unpacked(long bytes) throws LimitException {
    if (unpacked.addAndGet(bytes) > limits.unpackedBytes()) {
      throw new LimitException(
          "more than " + limits.unpackedBytes() + " bytes were unpacked in this run");
    }
    time();
  }

  /**
   * Checks the ratio of a member as it is being unpacked.
   *
   * @throws MalformedException when it expands as only bombs do
   */
  public void ratio(long packedBytes, long unpackedBytes) throws MalformedException {
    if (unpackedBytes > RATIO_FROM && unpackedBytes / Math.max(1, packedBytes) > limits.ratio()) {
      throw new MalformedException(
          "expands more than " + limits.ratio() + " times: an expansion bomb", -1);
    }
  }

  /**
   * Takes a member of an archive.
   *
   * @throws LimitException when the run has seen too many
   */
  public void entry() throws LimitException {
    if (entries.incrementAndGet() > limits.entries()) {
      throw new LimitException("more than " + limits.entries() + " members in this run");
    }
    time();
  }

  /**
   * Checks the time; to be called now and then by everything that loops.
   *
   * @throws LimitException when it is over
   */
  public void time() throws LimitException {
    if (nanoTime.getAsLong() - started > limits.time().toNanos()) {
      throw new LimitException("the run took longer than " + limits.time().toSeconds() + " s");
    }
  }
}
