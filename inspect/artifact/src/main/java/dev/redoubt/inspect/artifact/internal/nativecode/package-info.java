/** Recognises programs, libraries and byte code, alone or as members. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.nativecode;

import org.jspecify.annotations.NullMarked;
