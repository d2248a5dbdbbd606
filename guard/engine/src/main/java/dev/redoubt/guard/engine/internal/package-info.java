/**
 * The scanners that come with Redoubt, one file each, found by {@link java.util.ServiceLoader}. The
 * classes are public for the loader's sake only.
 */
@NullMarked
package dev.redoubt.guard.engine.internal;

import org.jspecify.annotations.NullMarked;
