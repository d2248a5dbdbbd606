/**
 * The guard for applications built with Spring AI. {@link dev.redoubt.guard.spring.GuardAdvisor}
 * stands outermost, before chat memory, and checks what the user says and reads; {@link
 * dev.redoubt.guard.spring.GuardModelAdvisor} stands innermost, next to the model, and checks what
 * only the model sees: history, retrieved passages, tool results, tool calls. Filters for
 * retrievers and a wrapper for tools stand where those are. All of one call share a {@code
 * CallState} in the advisors' context. With Spring Boot the property {@code redoubt.guard.policy}
 * sets it all up.
 */
@NullMarked
package dev.redoubt.guard.spring;

import org.jspecify.annotations.NullMarked;
