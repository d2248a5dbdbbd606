/**
 * Intervals of rates, of their differences and of means of counts, in one place, so that a verdict,
 * a report and a benchmark never print two intervals of the same counts. Counts go in, {@link
 * dev.redoubt.core.Interval}s come out; nothing is kept. How often each covers what it should is
 * measured by {@code ./redoubt bench coverage}.
 */
@NullMarked
package dev.redoubt.runtime.stats;

import org.jspecify.annotations.NullMarked;
