/**
 * Keeps what runs found: assessments, attempts, guard events and settings, in the database of the
 * folder {@code .redoubt} or on a server. A run goes in whole, in one transaction, and comes out
 * equal; credentials of the system's description are left out on the way in.
 */
@NullMarked
package dev.redoubt.app.store;

import org.jspecify.annotations.NullMarked;
