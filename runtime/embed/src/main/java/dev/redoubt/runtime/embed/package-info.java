/**
 * Sentence embeddings: texts in, vectors of unit length out, so that the dot product of two vectors
 * says how alike their texts are. The model is small, runs on the CPU in this process and comes
 * with the class path; nothing is fetched at run time.
 */
@NullMarked
package dev.redoubt.runtime.embed;

import org.jspecify.annotations.NullMarked;
