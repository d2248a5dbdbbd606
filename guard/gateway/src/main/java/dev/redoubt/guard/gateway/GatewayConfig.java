package dev.redoubt.guard.gateway;

import dev.redoubt.core.GuardEvent;
import dev.redoubt.core.UsageException;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a gateway stands and what it does there.
 *
 * @param guard decides what may pass
 * @param upstream the base that OpenAI clients take, {@code http://HOST:PORT/v1}
 * @param place before the assistant, between the assistant and its model, or both at once
 * @param host name or address to listen on
 * @param port port to listen on; 0 for a free one
 * @param listener told of every checked request and reply, from many threads; it should be quick
 * @param limits sizes and waits
 * @param toolLog takes the tool calls that the model asks for; absent keeps none
 * @param operatorToken who shows it may decide every question that waits for a person; absent lets
 *     only callers decide, each what is its own
 * @since 0.1.0
 */
public record GatewayConfig(
    Guard guard,
    URI upstream,
    Place place,
    String host,
    int port,
    Consumer<GuardEvent> listener,
    GatewayLimits limits,
    @Nullable ToolLog toolLog,
    @Nullable String operatorToken) {
  /** The address that only this machine reaches. */
  public static final String LOOPBACK = "127.0.0.1";

  public GatewayConfig {
    var scheme = String.valueOf(upstream.getScheme());
    if (upstream.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new UsageException(
          "upstream: '" + upstream + "' is no http or https URL; write http://HOST:PORT/v1");
    }
    if (upstream.getRawUserInfo() != null || upstream.getRawQuery() != null) {
      throw new UsageException(
          "upstream: '" + upstream.getHost() + "' must come without user name and query");
    }
    if (port < 0 || port > 65_535) {
      throw new UsageException(
          "port: " + port + " is none; choose 1 to 65535, or 0 for a free one");
    }
  }

  /** With the default limits. */
  public GatewayConfig(
      Guard guard,
      URI upstream,
      Place place,
      String host,
      int port,
      Consumer<GuardEvent> listener) {
    this(guard, upstream, place, host, port, listener, GatewayLimits.DEFAULT, null, null);
  }

  /** Without a tool log. */
  public GatewayConfig(
      Guard guard,
      URI upstream,
      Place place,
      String host,
      int port,
      Consumer<GuardEvent> listener,
      GatewayLimits limits) {
    this(guard, upstream, place, host, port, listener, limits, null, null);
  }

  /** The same with a tool log. */
  public GatewayConfig withToolLog(@Nullable ToolLog log) {
    return new GatewayConfig(
        guard, upstream, place, host, port, listener, limits, log, operatorToken);
  }

  /** The same with an operator's token. */
  public GatewayConfig withOperatorToken(@Nullable String token) {
    return new GatewayConfig(guard, upstream, place, host, port, listener, limits, toolLog, token);
  }

  /** On a free loopback port. */
  public static GatewayConfig onLoopback(
      Guard guard, URI upstream, Place place, Consumer<GuardEvent> listener) {
    return new GatewayConfig(guard, upstream, place, LOOPBACK, 0, listener);
  }
}
