/**
 * The second stage of the injection classifier: a small multilingual transformer, trained by
 * `training/injection` and run on the CPU in this process. The model comes with the class path;
 * nothing is fetched at run time.
 */
@NullMarked
package dev.redoubt.runtime.injection;

import org.jspecify.annotations.NullMarked;
