/** Reads Paddle programs. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.paddle;

import org.jspecify.annotations.NullMarked;
