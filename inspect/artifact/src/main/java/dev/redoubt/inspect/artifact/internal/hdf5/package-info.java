/** Reads HDF5 as far as names, attributes, links and storage go; what it holds is numbers. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.hdf5;

import org.jspecify.annotations.NullMarked;
