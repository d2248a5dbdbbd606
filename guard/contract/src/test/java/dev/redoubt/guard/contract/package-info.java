/** Holds every way into the guard to the same verdicts. */
@NullMarked
package dev.redoubt.guard.contract;

import org.jspecify.annotations.NullMarked;
