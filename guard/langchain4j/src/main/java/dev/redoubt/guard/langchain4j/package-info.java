/**
 * The guard for applications built with LangChain4j. {@link
 * dev.redoubt.guard.langchain4j.LangChain4jGuard} gives a guardrail for what the user says, one for
 * what the model answers, a filter for what is retrieved, a hook before each tool and a wrapper for
 * a streaming model; all of one call share a {@link dev.redoubt.guard.engine.GuardSession}, which
 * travels in the call's invocation parameters.
 */
@NullMarked
package dev.redoubt.guard.langchain4j;

import org.jspecify.annotations.NullMarked;
