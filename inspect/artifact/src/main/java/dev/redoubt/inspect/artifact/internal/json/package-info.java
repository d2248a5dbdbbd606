/** Reads JSON strictly and within limits, whoever wrote it. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.json;

import org.jspecify.annotations.NullMarked;
