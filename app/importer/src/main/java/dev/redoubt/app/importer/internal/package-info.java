/** The formats. */
@NullMarked
package dev.redoubt.app.importer.internal;

import org.jspecify.annotations.NullMarked;
