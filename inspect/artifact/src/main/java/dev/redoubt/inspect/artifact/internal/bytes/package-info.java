/** Reads numbers and lengths from any place of a source, never beyond its end. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.bytes;

import org.jspecify.annotations.NullMarked;
