/** Reads configurations that name code to be loaded: TorchServe, NeMo and MLflow. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.config;

import org.jspecify.annotations.NullMarked;
