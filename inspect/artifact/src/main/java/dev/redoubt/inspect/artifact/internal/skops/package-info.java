/** Reads the schema of skops files. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.skops;

import org.jspecify.annotations.NullMarked;
