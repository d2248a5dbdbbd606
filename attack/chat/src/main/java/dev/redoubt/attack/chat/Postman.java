package dev.redoubt.attack.chat;

import dev.redoubt.core.AgentTruth;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.GroundTruth;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a stranger's mail into the first mailbox of a system; empties all mailboxes before, where
 * the system says how, since the copies of an earlier attempt go on spreading.
 */
final class Postman {
  private final @Nullable Planter reset;
  private final Planter planter;

  /**
   * @param mail what is known of the mailboxes; absent when nothing is
   */
  Postman(HttpClient http, Plant email, AgentTruth.@Nullable Mail mail, URI endpoint) {
    String address = mail == null ? null : mail.reset();
    this.planter = planter(http, email, endpoint);
    this.reset =
        address == null
            ? null
            : planter(http, new Plant("email", address, "{}", List.of()), endpoint);
  }

  private static Planter planter(HttpClient http, Plant email, URI endpoint) {
    return new Planter(http, GroundTruth.builder().plant(email).build(), endpoint, null);
  }

  void deliver(Wording.PlantedText mail, Map<String, String> headers)
      throws Planter.PlantFailed, InterruptedException {
    if (reset != null) {
      reset.plant(new Wording.PlantedText(PlantWay.EMAIL, "", "", ""), "", headers);
    }
    planter.plant(mail.by(PlantWay.EMAIL), "", headers);
  }
}
