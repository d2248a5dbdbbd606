/** Reads safetensors, strictly. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.safetensors;

import org.jspecify.annotations.NullMarked;
