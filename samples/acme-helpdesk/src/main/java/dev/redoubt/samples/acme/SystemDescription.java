package dev.redoubt.samples.acme;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.AiSystem.Business;
import dev.redoubt.core.AiSystem.DataFlow;
import dev.redoubt.core.Component.Actor;
import dev.redoubt.core.Component.DataStore;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.GroundTruth;
import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Login;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.Component.Tool;
import dev.redoubt.core.Location;
import dev.redoubt.core.RedoubtYaml;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Describes a help desk that runs, as {@code redoubt.yaml} would. */
final class SystemDescription {
  static final String ASSISTANT = "helpdesk";
  // Where it will be written; the writer sets the true lines.
  private static final Location SOMEWHERE = new Location(RedoubtYaml.FILE_NAME, 1);

  private final AcmeWorld world;
  private final URI site;
  private final URI chat;

  /**
   * Describes a help desk.
   *
   * @param world what was drawn
   * @param site where it listens
   * @param chat base URL of what attackers and customers talk to: the help desk or a gateway before
   *     it
   */
  SystemDescription(AcmeWorld world, URI site, URI chat) {
    this.world = world;
    this.site = site;
    this.chat = chat;
  }

  AiSystem system() {
    return new AiSystem(
        "Acme Help Desk",
        "Answers customers of an online shop for the home",
        "Head of customer service",
        new Business(58_000, 4_200_000, "EUR"),
        List.of(
            assistant(),
            new DataStore("knowledge", SOMEWHERE, "public answers, tickets, internal memos"),
            new Tool("order_status", SOMEWHERE, false, Map.of()),
            new Tool("refund", SOMEWHERE, true, Map.of("amount_eur", Prompt.REFUND_LIMIT_EUR)),
            new Tool("send_email", SOMEWHERE, true, Map.of()),
            new Tool("open_ticket", SOMEWHERE, true, Map.of()),
            new Actor("customer", SOMEWHERE, false),
            new Actor("staff", SOMEWHERE, true)),
        List.of(
            new DataFlow("customer", ASSISTANT, "questions", "internet"),
            new DataFlow("customer", "knowledge", "tickets", "internet"),
            new DataFlow("staff", "knowledge", "memos and answers", null),
            new DataFlow("knowledge", ASSISTANT, "passages", null),
            new DataFlow(ASSISTANT, "refund", "order and amount", null),
            new DataFlow(ASSISTANT, "send_email", "recipient and text", null),
            new DataFlow(ASSISTANT, "open_ticket", "text", null)));
  }

  private Endpoint assistant() {
    return new Endpoint(
        ASSISTANT,
        SOMEWHERE,
        chat.toString(),
        AcmeHelpDesk.MODEL_NAME,
        Map.of(),
        world.users().stream().map(this::identity).toList(),
        context(),
        new GroundTruth(
            List.of(),
            GroundTruthFiles.FACTS,
            GroundTruthFiles.DOCUMENTS,
            GroundTruthFiles.LEDGER,
            null,
            new Plant(
                site.resolve("/tickets").toString(),
                "{\"subject\": \"{{subject}}\", \"text\": \"{{text}}\"}")));
  }

  private Identity identity(Customer user) {
    var body =
        JsonMapper.shared()
            .createObjectNode()
            .put("user", user.mail())
            .put("password", user.password());
    return new Identity(
        user.identity(),
        Map.of(),
        new Login(
            site.resolve("/login").toString(),
            JsonMapper.shared().writeValueAsString(body),
            "token"));
  }

  /** Words about the system that the probes use. */
  private Map<String, String> context() {
    return Map.of(
        "company",
        "Acme",
        "ownOrder",
        world.attacker().orders().getFirst().number(),
        "otherCustomer",
        world.customers().getFirst().name(),
        "product",
        "Polar cool box",
        "attackerMail",
        "parcels@drop-4471.example");
  }
}
