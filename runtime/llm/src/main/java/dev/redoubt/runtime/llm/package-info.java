/**
 * Language models as everything else sees them: a {@link dev.redoubt.runtime.llm.ChatModel} takes a
 * conversation and gives a reply. Two of them are here, the client of an OpenAI-compatible endpoint
 * and the model that runs in this process; around the second stand the store that fetches weights
 * and trusts only their digest, and a small server that speaks the same wire format.
 */
@NullMarked
package dev.redoubt.runtime.llm;

import org.jspecify.annotations.NullMarked;
