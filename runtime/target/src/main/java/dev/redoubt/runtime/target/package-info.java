/**
 * Conversations with the systems that are tested, whatever they speak.
 *
 * <p>{@link dev.redoubt.runtime.target.TargetClient#of} makes a client of what {@code redoubt.yaml}
 * says about an endpoint; {@link dev.redoubt.runtime.target.TargetClient#begin} opens a
 * conversation; {@link dev.redoubt.runtime.target.Conversation#say} gives the reply or a {@link
 * dev.redoubt.runtime.llm.ChatException} that names what is wrong. Targets lie: all that they send
 * is bounded in bytes and in time, and nothing is sent twice.
 */
@NullMarked
package dev.redoubt.runtime.target;

import org.jspecify.annotations.NullMarked;
