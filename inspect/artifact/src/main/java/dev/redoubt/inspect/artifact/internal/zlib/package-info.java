/** Reads zlib streams, in which joblib keeps compressed pickles. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.zlib;

import org.jspecify.annotations.NullMarked;
