/** Reads repositories as a whole: which configuration has its loader run which code. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.repository;

import org.jspecify.annotations.NullMarked;
