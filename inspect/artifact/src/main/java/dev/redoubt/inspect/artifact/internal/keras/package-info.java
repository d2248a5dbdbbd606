/** Reads what Keras rebuilds a model from: its configuration, in JSON or in HDF5. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.keras;

import org.jspecify.annotations.NullMarked;
