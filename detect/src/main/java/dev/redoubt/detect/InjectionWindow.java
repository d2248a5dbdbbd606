package dev.redoubt.detect;

import org.jspecify.annotations.Nullable;

/**
 * One window of a text that a second stage is to judge.
 *
 * @param text the window, normalised or decoded
 * @param channel where it comes from
 * @param system the system prompt that is protected, where it is known
 * @since 0.1.0
 */
public record InjectionWindow(String text, InjectionChannel channel, @Nullable String system) {}
