package dev.redoubt.guard.engine;

import dev.redoubt.core.Location;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a policy.
 *
 * @param id unique in its policy
 * @param scanner name of the scanner that looks
 * @param place where it applies
 * @param action what happens when something is found
 * @param because the finding that asked for it; absent when a person did
 * @param check the scanner with this rule's options
 * @param location where the policy says so
 * @since 0.1.0
 */
public record Rule(
    String id,
    String scanner,
    Place place,
    Action action,
    @Nullable String because,
    Check check,
    Location location) {}
