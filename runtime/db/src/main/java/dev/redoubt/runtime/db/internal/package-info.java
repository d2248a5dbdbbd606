/** What other libraries load by name, and nobody else should use. */
@NullMarked
package dev.redoubt.runtime.db.internal;

import org.jspecify.annotations.NullMarked;
