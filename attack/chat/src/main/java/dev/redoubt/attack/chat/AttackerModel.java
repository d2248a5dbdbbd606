package dev.redoubt.attack.chat;

import dev.redoubt.runtime.llm.ChatModel;

/**
 * The model that writes the attacker's words in adaptive techniques.
 *
 * @param name what it is called in records and reports
 * @param model the model; closed by whoever made it
 * @since 0.1.0
 */
public record AttackerModel(String name, ChatModel model) {}
