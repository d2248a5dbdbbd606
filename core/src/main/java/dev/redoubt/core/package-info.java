/**
 * The words that every part of Redoubt speaks: an AI system and its components, findings with their
 * evidence, references into the frameworks of the field, and the assessor that turns the first into
 * the second.
 */
@NullMarked
package dev.redoubt.core;

import org.jspecify.annotations.NullMarked;
