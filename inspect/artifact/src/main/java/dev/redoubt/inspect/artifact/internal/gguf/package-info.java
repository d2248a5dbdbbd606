/** Reads GGUF, with the templates that it carries. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.gguf;

import org.jspecify.annotations.NullMarked;
