/** Readers of single formats; found by {@link java.util.ServiceLoader}, named by nobody. */
@NullMarked
package dev.redoubt.inspect.artifact.internal;

import org.jspecify.annotations.NullMarked;
