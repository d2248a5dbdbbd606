/**
 * Intervals of rates and of their differences, in one place, so that a verdict, a report and a
 * benchmark never print two intervals of the same counts. Counts go in, {@link
 * dev.redoubt.core.Interval}s come out; nothing is kept.
 */
@NullMarked
package dev.redoubt.runtime.stats;

import org.jspecify.annotations.NullMarked;
