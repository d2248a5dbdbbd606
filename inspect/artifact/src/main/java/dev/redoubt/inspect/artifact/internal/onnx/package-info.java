/** Reads ONNX: its graphs, functions, tensors, and the files that tensors lie in. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.onnx;

import org.jspecify.annotations.NullMarked;
