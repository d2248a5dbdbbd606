/** Reads tar archives of all usual kinds, header by header. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.tar;

import org.jspecify.annotations.NullMarked;
