/** What only archives of PyTorch hold, beside the pickles and storages that other readers read. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.torch;

import org.jspecify.annotations.NullMarked;
