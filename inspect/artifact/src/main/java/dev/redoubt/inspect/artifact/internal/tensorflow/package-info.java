/** Reads TensorFlow's graphs, however they are wrapped. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.tensorflow;

import org.jspecify.annotations.NullMarked;
