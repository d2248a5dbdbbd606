/**
 * Reads compressed streams: each is unpacked within the budget, and what comes out is one member
 * that any reader may claim.
 */
@NullMarked
package dev.redoubt.inspect.artifact.internal.packed;

import org.jspecify.annotations.NullMarked;
