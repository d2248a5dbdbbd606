package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Spread;
import dev.redoubt.core.UsageException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of a tape: {@code sent} before a call goes out, {@code exchange} once it came back or
 * failed, {@code attacker} when the attacker's model or a probe of a program answered, {@code
 * verdict} when somebody outside judged, {@code attempt} once the attempt was judged. {@code
 * docs/outputs.md} explains them to others.
 */
final class TapeRecords {
  /** Version of the format that this class writes; 1 had one exchange an attempt and no header. */
  static final int VERSION = 2;

  static final String TAPE = "tape";
  static final String ATTACKER = "attacker";
  static final String VERDICT = "verdict";
  static final String SENT = "sent";
  static final String EXCHANGE = "exchange";
  static final String ATTEMPT = "attempt";

  private TapeRecords() {}

  /** The first record of a tape. */
  static ObjectNode tape(Instant at) {
    return record(TAPE).put("version", VERSION).put("at", at.toString());
  }

  static void requireKnown(int version) {
    if (version > VERSION) {
      throw new UsageException(
          "the tape is of version "
              + version
              + ", and this Redoubt reads versions up to "
              + VERSION
              + "; read it with the Redoubt that wrote it");
    }
  }

  /** An answer of the attacker's model; the digest tells whether the question is still the same. */
  static ObjectNode attacker(String id, String name, String digest, String answer) {
    return record(ATTACKER)
        .put("id", id)
        .put("name", name)
        .put("asked", digest)
        .put("answer", answer);
  }

  /** A verdict of somebody outside; the digest tells what it is about. */
  static ObjectNode verdict(String id, String by, String digest, String outcome, String reason) {
    return record(VERDICT)
        .put("id", id)
        .put("by", by)
        .put("asked", digest)
        .put("outcome", outcome)
        .put("reason", reason);
  }

  static ObjectNode sent(String id, int turn, Instant at) {
    return record(SENT).put("id", id).put("turn", turn).put("at", at.toString());
  }

  static ObjectNode exchange(Exchange exchange) {
    ObjectNode node =
        record(EXCHANGE)
            .put("id", exchange.id())
            .put("turn", exchange.turn())
            .put("conversation", exchange.conversation())
            .put("objective", exchange.objective())
            .put("technique", exchange.technique())
            .put("wording", exchange.wording())
            .put("repetition", exchange.repetition())
            .put("seed", exchange.seed())
            .put("identity", exchange.identity())
            .put("question", exchange.question());
    if (exchange.setup()) {
      node.put("setup", true);
    }
    if (exchange.plant() != null) {
      ObjectNode planted = node.putObject("planted");
      way(planted, exchange.plant().way());
      planted.put("subject", exchange.plant().subject()).put("text", exchange.plant().whole());
    }
    if (exchange.marker() != null) {
      node.put("marker", exchange.marker());
    }
    node.put("resent", exchange.resent())
        .put("tries", exchange.tries())
        .put("sentAt", exchange.sentAt().toString())
        .put("millis", exchange.millis());
    Exchange.Reply reply = exchange.reply();
    if (reply != null) {
      ObjectNode out = node.putObject("reply").put("text", reply.text());
      texts(out, "toolCalls", reply.toolCalls());
      out.put("finishReason", reply.finishReason())
          .put("model", reply.model())
          .put("promptTokens", reply.promptTokens())
          .put("completionTokens", reply.completionTokens());
      if (reply.cost() != null) {
        out.put("cost", reply.cost());
      }
    }
    Exchange.Failure failure = exchange.failure();
    if (failure != null) {
      node.putObject("failure")
          .put("kind", failure.kind())
          .put("status", failure.status())
          .put("message", failure.message());
    }
    if (exchange.ledger() != null) {
      texts(node, "ledger", exchange.ledger());
    }
    ArrayNode hits = node.putArray("sink");
    for (Exchange.SinkHit hit : exchange.sinkHits()) {
      hits.addObject().put("how", hit.how()).put("url", hit.url());
    }
    if (!exchange.effects().isEmpty()) {
      ArrayNode effects = node.putArray("effects");
      for (Exchange.Effect effect : exchange.effects()) {
        effects.addObject().put("kind", effect.kind()).put("what", effect.what());
      }
    }
    return node;
  }

  static Exchange exchange(JsonNode node) {
    JsonNode planted = node.path("planted");
    JsonNode reply = node.path("reply");
    JsonNode failure = node.path("failure");
    var hits = new ArrayList<Exchange.SinkHit>();
    for (JsonNode hit : node.path("sink")) {
      hits.add(new Exchange.SinkHit(text(hit, "how"), text(hit, "url")));
    }
    var effects = new ArrayList<Exchange.Effect>();
    for (JsonNode effect : node.path("effects")) {
      effects.add(new Exchange.Effect(text(effect, "kind"), text(effect, "what")));
    }
    return new Exchange(
        text(node, "id"),
        text(node, "objective"),
        text(node, "technique"),
        node.path("wording").asInt(0),
        node.path("repetition").asInt(0),
        node.path("conversation").asInt(0),
        node.path("turn").asInt(0),
        node.path("setup").asBoolean(false),
        node.path("seed").asLong(0),
        textOrNull(node, "identity"),
        text(node, "question"),
        planted.isObject()
            ? new Wording.PlantedText(
                way(planted), text(planted, "subject"), "", text(planted, "text"))
            : null,
        textOrNull(node, "marker"),
        node.path("resent").asBoolean(false),
        node.path("tries").asInt(1),
        Instant.parse(text(node, "sentAt")),
        node.path("millis").asLong(0),
        reply.isObject()
            ? new Exchange.Reply(
                text(reply, "text"),
                texts(reply.path("toolCalls")),
                text(reply, "finishReason"),
                text(reply, "model"),
                reply.path("promptTokens").asInt(0),
                reply.path("completionTokens").asInt(0),
                reply.path("cost").isNumber() ? reply.path("cost").asDouble() : null)
            : null,
        failure.isObject()
            ? new Exchange.Failure(
                text(failure, "kind"), failure.path("status").asInt(0), text(failure, "message"))
            : null,
        node.path("ledger").isArray() ? texts(node.path("ledger")) : null,
        hits,
        effects);
  }

  /** The transcript is left out: it stands in the exchanges of the same id. */
  static ObjectNode attempt(JudgedAttempt judged) {
    Attempt attempt = judged.attempt();
    ObjectNode node =
        record(ATTEMPT)
            .put("id", attempt.id())
            .put("pass", attempt.pass())
            .put("objective", attempt.objective())
            .put("technique", attempt.technique())
            .put("wording", attempt.wording())
            .put("repetition", attempt.repetition())
            .put("seed", attempt.seed())
            .put("outcome", attempt.outcome().word())
            .put("reason", attempt.reason());
    texts(node, "factsSeen", attempt.factsSeen());
    if (attempt.duplicateOf() != null) {
      node.put("duplicateOf", attempt.duplicateOf());
    }
    if (attempt.ownWords()) {
      node.put("ownWords", true);
    }
    if (attempt.watched()) {
      node.put("watched", true);
    }
    Spread spread = attempt.spread();
    if (spread != null) {
      ObjectNode out = node.putObject("spread").put("population", spread.population());
      spread.infected().forEach(out.putArray("infected")::add);
    }
    if (judged.sameness() != null) {
      node.put("same", judged.sameness());
    }
    List<ExtractionMeter.Seen> seen = judged.seen();
    if (seen != null) {
      ArrayNode all = node.putArray("seen");
      for (ExtractionMeter.Seen one : seen) {
        ObjectNode out = all.addObject();
        if (!one.documents().isEmpty()) {
          texts(out, "documents", one.documents());
        }
        if (!one.customers().isEmpty()) {
          texts(out, "customers", one.customers());
        }
      }
    }
    AttemptUsage usage = judged.usage();
    node.putObject("usage")
        .put("calls", usage.calls())
        .put("planted", usage.planted())
        .put("promptTokens", usage.promptTokens())
        .put("completionTokens", usage.completionTokens())
        .put("cost", usage.cost())
        .put("millis", usage.millis());
    return node;
  }

  /** Tells how a text was planted; tickets in plain words are what nothing is said about. */
  static void way(ObjectNode planted, PlantWay way) {
    if (!way.equals(PlantWay.TICKET)) {
      planted.put("channel", way.channel()).put("form", way.form().id());
    }
  }

  /** Reads how a text was planted. */
  static PlantWay way(JsonNode planted) {
    return new PlantWay(
        planted.path("channel").asString(PlantWay.TICKET.channel()),
        PlantWay.Form.of(text(planted, "form")));
  }

  private static ObjectNode record(String type) {
    return JsonMapper.shared().createObjectNode().put("type", type);
  }

  private static void texts(ObjectNode node, String key, List<String> texts) {
    ArrayNode array = node.putArray(key);
    texts.forEach(array::add);
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    for (JsonNode item : array) {
      texts.add(item.asString(""));
    }
    return texts;
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asString("");
  }

  private static @Nullable String textOrNull(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return value.isString() ? value.asString() : null;
  }
}
