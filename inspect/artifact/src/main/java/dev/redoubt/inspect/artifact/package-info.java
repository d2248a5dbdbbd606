/**
 * Says of model files what they do when they are loaded, without loading them.
 *
 * <p>{@link dev.redoubt.inspect.artifact.ArtifactInspector} walks files and folders. Each file is a
 * {@link dev.redoubt.inspect.artifact.ByteSource}; every {@link
 * dev.redoubt.inspect.artifact.FormatReader} that claims its bytes reads it, notes what it saw as
 * {@link dev.redoubt.inspect.artifact.Observation}s, and hands members back, which go the same way.
 * What was seen makes the {@link dev.redoubt.inspect.artifact.Verdict} of a {@link
 * dev.redoubt.inspect.artifact.FileResult}. One {@link dev.redoubt.inspect.artifact.Budget} bounds
 * the whole run. Nothing that is inspected is executed, imported or unpickled.
 */
@NullMarked
package dev.redoubt.inspect.artifact;

import org.jspecify.annotations.NullMarked;
