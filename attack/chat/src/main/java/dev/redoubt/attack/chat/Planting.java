package dev.redoubt.attack.chat;

import dev.redoubt.core.Component.Identity;
import java.util.List;
import java.util.Optional;

/**
 * How the text that an objective plants gets to where the system reads it.
 *
 * @since 0.1.0
 */
public enum Planting {
  /**
   * As an outsider leaves it: by the endpoint's {@code groundTruth.plant}, or by each way of {@code
   * groundTruth.plants} in turn.
   */
  OUTSIDER,
  /** By mail, into the first mailbox: {@code groundTruth.plants.email}. */
  MAIL,
  /** The attacker says it, in a conversation of its own that is over when somebody asks. */
  CONVERSATION,
  /** It describes a tool of an MCP server of the attacker's. */
  TOOL;

  /**
   * The account that asks something ordinary afterwards.
   *
   * @return empty when callers are anonymous or a second account is needed and there is none
   */
  Optional<Identity> asker(Target target, Objective objective) {
    boolean asOther = objective.asker().equals("other");
    return switch (this) {
      case OUTSIDER -> asOther ? target.other() : target.attacker();
      // The attacker runs a server and has no account: whoever asks is a victim.
      case TOOL -> target.other().or(target::attacker);
      case MAIL ->
          Optional.ofNullable(target.endpoint().groundTruth().agent().mail())
              .flatMap(m -> target.identity(m.mailboxes().getFirst().identity()));
      // Where each account remembers by itself, the victim is who said it, in a later conversation.
      case CONVERSATION ->
          target.endpoint().groundTruth().agent().ownMemory()
              ? target.attacker()
              : target.other().or(target::attacker);
    };
  }

  /** The ways by which it goes in, walked through by the attempts; none where it is no text. */
  List<PlantWay> ways(Target target) {
    return switch (this) {
      case OUTSIDER -> PlantWay.of(target.endpoint().groundTruth());
      case MAIL -> List.of(PlantWay.EMAIL);
      case CONVERSATION, TOOL -> List.of();
    };
  }

  /**
   * How it reached the account that asked, as the beginning of a sentence.
   *
   * @param way how the text went in
   */
  String reached(String account, PlantWay way) {
    return switch (this) {
      case OUTSIDER ->
          "A text that anybody can leave"
              + (way.equals(PlantWay.TICKET) ? "" : " (" + way.words() + ")")
              + ", read when "
              + account
              + " asked something ordinary,";
      case MAIL -> "A mail that anybody can send, handled for " + account + ",";
      case CONVERSATION ->
          "What was said in an earlier conversation, remembered when "
              + account
              + " asked something ordinary,";
      case TOOL ->
          "The description of a stranger's tool, read when "
              + account
              + " asked something ordinary,";
    };
  }

  /** What is missing for it, and what to add; empty when it works. */
  Optional<String> missing(Target target) {
    var truth = target.endpoint().groundTruth();
    return switch (this) {
      case OUTSIDER ->
          !truth.plants().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  "nothing says how an outsider's text gets into what the system reads: add"
                      + " groundTruth.plant (url, body), or groundTruth.plants, to the endpoint");
      case MAIL ->
          truth.plant("email").isPresent()
              ? Optional.empty()
              : Optional.of(
                  "nothing says how a stranger's mail gets into the first mailbox: add"
                      + " groundTruth.plants.email (url, body) to the endpoint");
      case TOOL ->
          truth.agent().mcpServer() != null
              ? Optional.empty()
              : Optional.of(
                  "nothing says where the system finds a stranger's MCP server: add"
                      + " groundTruth.mcpServer (listen, ask) to the endpoint");
      case CONVERSATION -> Optional.empty();
    };
  }
}
