/**
 * Reads pickles by a symbolic machine: every opcode of protocols 0 to 5 does to the stack, the
 * marks and the memo what it does in Python, with symbols in place of objects. A symbol is an
 * {@code int} ({@link dev.redoubt.inspect.artifact.internal.pickle.Symbol}), so that fifteen
 * million opcodes make no objects. What is referred to and called is checked against the
 * allow-list.
 */
@NullMarked
package dev.redoubt.inspect.artifact.internal.pickle;

import org.jspecify.annotations.NullMarked;
