/**
 * The database under the store: an embedded H2 file by default, PostgreSQL by its URL. Work comes
 * in as a function over {@link dev.redoubt.runtime.db.Sql}, runs in one transaction on a connection
 * of its own, and goes out as values; between two pieces of work nothing is held open, so that
 * several processes share one folder. Also writes files whole or not at all.
 */
@NullMarked
package dev.redoubt.runtime.db;

import org.jspecify.annotations.NullMarked;
