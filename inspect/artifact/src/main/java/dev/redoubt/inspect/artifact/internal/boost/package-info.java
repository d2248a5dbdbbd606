/** Reads gradient-boosted trees of XGBoost and LightGBM. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.boost;

import org.jspecify.annotations.NullMarked;
