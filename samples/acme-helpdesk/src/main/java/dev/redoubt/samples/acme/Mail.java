package dev.redoubt.samples.acme;

/**
 * An e-mail in the local outbox; nothing leaves the machine.
 *
 * @param to the recipient
 * @param subject what it is about
 * @param body what it says
 */
public record Mail(String to, String subject, String body) {}
