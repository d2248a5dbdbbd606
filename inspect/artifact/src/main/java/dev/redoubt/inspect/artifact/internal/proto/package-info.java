/**
 * Reads protocol buffers without their classes: fields one after the other, each within its
 * message.
 */
@NullMarked
package dev.redoubt.inspect.artifact.internal.proto;

import org.jspecify.annotations.NullMarked;
