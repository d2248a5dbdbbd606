/** The judges that come with Redoubt; found by {@link java.util.ServiceLoader}, named nowhere. */
@NullMarked
package dev.redoubt.attack.chat.internal;

import org.jspecify.annotations.NullMarked;
