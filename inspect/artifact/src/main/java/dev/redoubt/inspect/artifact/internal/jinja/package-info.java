/**
 * Parses Jinja templates into a syntax tree and says what rendering them may reach; never renders.
 */
@NullMarked
package dev.redoubt.inspect.artifact.internal.jinja;

import org.jspecify.annotations.NullMarked;
