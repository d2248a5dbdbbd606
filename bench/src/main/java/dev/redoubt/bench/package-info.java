/**
 * Side-by-side benchmarks: each prints ratios against a peer or a limit measured in the same run,
 * and ends with 1 when a row is missed.
 */
@NullMarked
package dev.redoubt.bench;

import org.jspecify.annotations.NullMarked;
