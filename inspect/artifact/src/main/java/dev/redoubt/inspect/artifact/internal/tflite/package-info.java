/** Reads TensorFlow Lite. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.tflite;

import org.jspecify.annotations.NullMarked;
