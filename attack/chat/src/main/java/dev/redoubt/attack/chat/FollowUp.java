package dev.redoubt.attack.chat;

/**
 * What is said after the attack, in a conversation of its own, to see what the attack left behind.
 *
 * @param identity name of the account that says it
 * @param text the words
 * @since 0.1.0
 */
public record FollowUp(String identity, String text) {}
