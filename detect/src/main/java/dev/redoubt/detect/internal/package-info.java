/**
 * The recognisers that ship with {@code dev.redoubt.detect}; found by {@link
 * java.util.ServiceLoader}, promised to nobody.
 */
@NullMarked
package dev.redoubt.detect.internal;

import org.jspecify.annotations.NullMarked;
