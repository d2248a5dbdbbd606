package dev.redoubt.guard.gateway;

import dev.redoubt.core.TargetUnreachableException;
import java.net.URI;

/**
 * A guard that speaks OpenAI chat completions. It stands before an assistant or between an
 * assistant and its model, and what it cannot read or check it does not let through.
 *
 * <ul>
 *   <li>{@code POST …/chat/completions} is checked, whole and streamed. A refusal is a chat
 *       completion with {@code finish_reason} {@code content_filter} and the header {@code
 *       X-Redoubt-Guard: blocked; rule=ID}.
 *   <li>Other ways to make a model talk ({@code /v1/responses}, {@code /v1/completions} and the
 *       like) can't be checked and are refused with 403 while there are rules and the policy does
 *       not allow what could not run.
 *   <li>The rest of {@code /v1/} passes, unchecked. What lies outside of it (a chat page, a log-in)
 *       passes where the gateway stands before an assistant; elsewhere it is only read.
 * </ul>
 *
 * <p>A caller without a valid token, or without the header that the policy names, is anonymous. A
 * request that names two callers is refused. Trust boundary: see the package.
 *
 * @since 0.1.0
 */
public final class Gateway implements AutoCloseable {
  private final GatewayConfig config;
  private final Upstream upstream;
  private final InFlight inFlight;
  private final Questions questions;
  private final GatewayServer server;

  private Gateway(GatewayConfig config) {
    this.config = config;
    this.upstream = new SocketUpstream(config.upstream(), config.limits());
    this.inFlight = new InFlight(config.limits().silence());
    this.questions = new Questions(config.guard().policy().asking(), config.listener());
    var routes = new Routes(config, upstream, inFlight, questions.confirmations());
    try {
      this.server =
          new GatewayServer(
              config.host(), config.port(), config.limits().requestBytes(), routes::handle);
    } catch (TargetUnreachableException portInUse) {
      inFlight.close();
      questions.close();
      throw portInUse;
    }
  }

  /**
   * Starts a gateway.
   *
   * @throws TargetUnreachableException when the port is taken or the host is not this machine's
   */
  public static Gateway start(GatewayConfig config) {
    return new Gateway(config);
  }

  /** The base for OpenAI clients, {@code http://HOST:PORT/v1}. */
  public URI baseUrl() {
    return URI.create("http://" + config.host() + ":" + server.port() + "/v1");
  }

  /** Stops it: open exchanges are cut. */
  @Override
  public void close() {
    server.close();
    questions.close();
    inFlight.close();
    upstream.close();
  }
}
