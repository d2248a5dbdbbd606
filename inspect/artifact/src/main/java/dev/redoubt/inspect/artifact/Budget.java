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

  private final Limits limits;
  private final LongSupplier nanoTime;
  private final long started;
  private final AtomicLong unpacked = new AtomicLong();
  private final AtomicLong entries = new AtomicLong();
  private final ReentrantLock large = new ReentrantLock();

  /** A fresh budget whose time starts now. */
  public Budget(Limits limits) {
    this(limits, System::nanoTime);
  }

  Budget(Limits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
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
