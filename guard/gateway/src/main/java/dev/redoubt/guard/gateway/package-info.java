/**
 * The guard as a server that speaks the OpenAI chat completions protocol, so that it can stand
 * before an assistant or between an assistant and its model without a change of code.
 *
 * <p>A request goes: {@link dev.redoubt.guard.gateway.Gateway} (HTTP server) to the caller's name,
 * to the request's texts, through the guard's checks, over a kept connection to the upstream, and
 * its reply back through the checks of answers and tool calls, whole or streamed with a hold-back.
 * What cannot be read is not let through.
 *
 * <p>Trust boundary: whoever can reach the gateway can set the header that names the caller, and
 * where the policy says that the upstream verifies tokens, the gateway believes their claims. So
 * the gateway stands behind what authenticates callers, or the policy gives it the key. Whoever can
 * reach the upstream directly is not guarded at all.
 */
@NullMarked
package dev.redoubt.guard.gateway;

import org.jspecify.annotations.NullMarked;
