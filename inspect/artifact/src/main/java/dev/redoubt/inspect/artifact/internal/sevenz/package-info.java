/** Reads 7z archives. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.sevenz;

import org.jspecify.annotations.NullMarked;
