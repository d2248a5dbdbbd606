/**
 * Reads objects of R as saveRDS and save write them (R Internals, "Serialization Formats"), and
 * looks for code in them.
 */
@NullMarked
package dev.redoubt.inspect.artifact.internal.rdata;

import org.jspecify.annotations.NullMarked;
