/** Reads MXNet's graphs and parameters. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.mxnet;

import org.jspecify.annotations.NullMarked;
