/** Reads NumPy's array files. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.numpy;

import org.jspecify.annotations.NullMarked;
