package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.LimitException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The memo of a pickle, in pages so that growing copies nothing. */
final class Memo {
  private static final int BITS = 12;
  private static final int PAGE = 1 << BITS;

  private final int maxPages;
  private final ReentrantLock large;
  private int[] @Nullable [] pages = new int[16][];
  private int used;
  private int count;

  /**
   * @param large to be held from {@link Budget#SMALL} bytes on
   */
  Memo(int maxBytes, ReentrantLock large) {
    this.large = large;
    this.maxPages = Math.max(1, maxBytes / (PAGE * Integer.BYTES));
  }

  void clear() {
    Arrays.fill(pages, null);
    used = 0;
    count = 0;
  }

  /** Number of entries that were put: the index that MEMOIZE takes. */
  int count() {
    return count;
  }

  int get(long index) {
    int page = (int) (index >>> BITS);
    int[] entries = page < pages.length ? pages[page] : null;
    return entries == null ? Symbol.UNSET : entries[(int) index & (PAGE - 1)];
  }

  void put(long index, int symbol) throws LimitException {
    int page = (int) (index >>> BITS);
    int[] entries = page < pages.length ? pages[page] : null;
    if (entries == null) {
      entries = page(page);
    }
    int slot = (int) index & (PAGE - 1);
    if (entries[slot] == Symbol.UNSET) {
      count++;
    }
    entries[slot] = symbol;
  }

  private int[] page(int page) throws LimitException {
    if (used * (PAGE * 4L) == Budget.SMALL && !large.isHeldByCurrentThread()) {
      large.lock();
    }
    if (used >= maxPages) {
      throw new LimitException("the memo takes more than " + used * (PAGE * 4L) + " bytes");
    }
    if (page >= pages.length) {
      if (page > maxPages * 16L) {
        throw new LimitException("the memo is too sparse");
      }
      pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
    }
    int[] entries = new int[PAGE];
    Arrays.fill(entries, Symbol.UNSET);
    pages[page] = entries;
    used++;
    return entries;
  }
}
