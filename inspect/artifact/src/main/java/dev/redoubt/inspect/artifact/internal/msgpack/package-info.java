/** Reads MessagePack, in which Flax keeps its parameters. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.msgpack;

import org.jspecify.annotations.NullMarked;
