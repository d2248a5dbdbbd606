package dev.redoubt.guard.engine;

import org.jspecify.annotations.Nullable;

/**
 * A passage of a document, before it goes into an index or after it was retrieved.
 *
 * @param id names it in the index
 * @param text what it says
 * @param label who may read it; absent when nobody said, which only a policy can allow
 * @param provenance where it comes from
 * @since 0.2.0
 */
public record GuardPassage(
    String id, String text, @Nullable DocumentLabel label, Provenance provenance) {}
