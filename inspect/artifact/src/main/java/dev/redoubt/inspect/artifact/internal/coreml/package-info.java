/** Reads Core ML models. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.coreml;

import org.jspecify.annotations.NullMarked;
