package dev.redoubt.runtime.llm;

/**
 * What every reply and every event of a stream carries on the wire.
 *
 * @param id of the reply
 * @param created seconds since 1970
 * @param model the model that answers
 */
public record ReplyHead(String id, long created, String model) {}
