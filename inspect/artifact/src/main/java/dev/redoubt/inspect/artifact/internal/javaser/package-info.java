/**
 * Reads streams of Java objects by their grammar (Java Object Serialization Specification, chapter
 * 6). No object is made and no class is loaded: names are compared with lists.
 */
@NullMarked
package dev.redoubt.inspect.artifact.internal.javaser;

import org.jspecify.annotations.NullMarked;
