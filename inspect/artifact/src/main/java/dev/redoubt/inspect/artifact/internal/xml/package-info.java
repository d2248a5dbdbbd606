/** Reads models in XML, without a document type. */
@NullMarked
package dev.redoubt.inspect.artifact.internal.xml;

import org.jspecify.annotations.NullMarked;
