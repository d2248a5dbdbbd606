package dev.redoubt.attack.chat;

import dev.redoubt.core.AgentTruth;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.runtime.target.Accounts;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything by which an attacker's text gets into a system without a chat. Thread-safe. */
final class Inlets implements AutoCloseable {
  private final Planter planter;
  private final @Nullable Postman postman;
  private final @Nullable HostileTools strangers;
  private final Accounts accounts;
  private final @Nullable String attacker;

  /**
   * @param origin where the endpoint is
   * @param sink serves pages of the attacker's; absent when there is none
   */
  Inlets(Target target, HttpClient http, URI origin, @Nullable SinkServer sink, Accounts accounts) {
    GroundTruth truth = target.endpoint().groundTruth();
    AgentTruth.McpServer server = truth.agent().mcpServer();
    this.planter = new Planter(http, truth, origin, sink);
    this.strangers = server == null ? null : new HostileTools(server, target.baseFolder());
    this.postman =
        truth
            .plant("email")
            .map(email -> new Postman(http, email, truth.agent().mail(), origin))
            .orElse(null);
    this.accounts = accounts;
    this.attacker = target.account("attacker");
  }

  /**
   * Plants a text.
   *
   * @param token names what is served for the attempt
   */
  void plant(Planting planting, Wording.PlantedText text, String token)
      throws InterruptedException, Accounts.LoginFailed, Planter.PlantFailed {
    switch (planting) {
      case OUTSIDER -> planter.plant(text, token, headers());
      case MAIL -> {
        if (postman != null) {
          postman.deliver(text, headers());
        }
      }
      // It was said already.
      case CONVERSATION -> {}
      case TOOL -> {
        if (strangers != null) {
          strangers.offer(text);
        }
      }
    }
  }

  private Map<String, String> headers() throws InterruptedException, Accounts.LoginFailed {
    return accounts.headers(attacker);
  }

  /** What a conversation sent to the stranger's server. */
  List<Exchange.SinkHit> atStrangers() {
    return strangers == null ? List.of() : strangers.events();
  }

  @Override
  public void close() {
    if (strangers != null) {
      strangers.close();
    }
  }
}
