/** Reads Zip archives: every entry of the central directory is a member. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.zip;

import org.jspecify.annotations.NullMarked;
