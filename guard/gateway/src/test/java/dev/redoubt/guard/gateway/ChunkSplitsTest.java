package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Location;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.CallerSource;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.guard.engine.Rule;
import dev.redoubt.guard.engine.ScanLimits;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * However a reply is cut into chunks, over all its choices and tool calls: what comes out is what
 * the whole reply would have become, and nothing of what must not pass, not even in part.
 */
class ChunkSplitsTest {
  private static final long SEED = 20_261_125L;
  private static final int TRIALS = 25_000;
  private static final int CHOICES = 4;

  /** Has what JSON must escape, so that putting it back as it stands would break the arguments. */
  private static final String HIDDEN = "s3cr\"et\\key\n9";

  private static final Guard GUARD =
      Guard.of(
          new Policy(
              new CallerSource.None(),
              PassageMarkers.DEFAULT,
              List.of(
                  rule("word", Action.REWRITE, new Words("XYZZY")),
                  rule("stop", Action.BLOCK, new Words("PLUGH-PLUGH"))),
              true,
              new ScanLimits(Duration.ofSeconds(30), 20_000, 32)));

  private static final Exchange EXCHANGE =
      Exchange.of(Caller.ANONYMOUS, Text.user("hello"), Text.system("the key is " + HIDDEN));

  private static Rule rule(String id, Action action, Check check) {
    return new Rule(id, id, Place.BOTH, action, null, check, new Location("guard.yaml", 1));
  }

  private record Words(String word) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.ANSWER, Stage.TOOL_CALL);
    }

    @Override
    public List<Hit> answer(Exchange exchange, String answer) {
      var hits = new ArrayList<Hit>();
      for (int at = answer.indexOf(word); at >= 0; at = answer.indexOf(word, at + 1)) {
        hits.add(new Hit(at, at + word.length(), "the word", "[gone]"));
      }
      return hits;
    }

    @Override
    public List<Hit> toolCall(Exchange exchange, ToolCallView call) {
      return word.startsWith("PLUGH") ? answer(exchange, call.argumentsJson()) : List.of();
    }

    @Override
    public List<String> hiddenFromModel(Exchange exchange) {
      return List.of(HIDDEN);
    }

    @Override
    public boolean restores(String tool, String argument) {
      return argument.equals("key");
    }
  }

  /** What a client puts together of one choice. */
  private static final class Received implements StreamChoice.Out {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private @Nullable String finish;

    @Override
    public void delta(Consumer<ObjectNode> fill, @Nullable String finishReason) {
      ObjectNode delta = Json.object();
      fill.accept(delta);
      text.append(delta.path("content").asString(""));
      for (var call : delta.path("tool_calls")) {
        arguments.append(call.path("function").path("arguments").asString(""));
      }
      finish = finishReason == null ? finish : finishReason;
    }
  }

  private record Planned(String text, String arguments) {
    boolean stops() {
      return text.contains("PLUGH-PLUGH") || arguments.contains("PLUGH-PLUGH");
    }
  }

  private static Planned plan(Random random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(7); n > 0; n--) {
      switch (random.nextInt(9)) {
        case 0 -> text.append("XYZZY");
        case 1 -> text.append("XYZZ");
        case 2 -> text.append(random.nextInt(4) == 0 ? "PLUGH-PLUGH" : "PLUGH-PLUG");
        case 3 -> text.append("é𝄞🧾");
        case 4 -> text.append("XYXYZZYZZY");
        default -> text.append("words and more words, ");
      }
    }
    ObjectNode arguments = Json.object();
    arguments.put("key", random.nextBoolean() ? "[CREDENTIAL-1]" : "pre [CREDENTIAL-1]\" post");
    arguments.put("note", random.nextInt(12) == 0 ? "PLUGH-PLUGH" : "[CREDENTIAL-1] é𝄞 \"q\"");
    return new Planned(text.toString(), random.nextInt(3) == 0 ? "" : Json.text(arguments));
  }

  /** Pieces of a choice, its text and its call's arguments mixed. */
  private static ArrayDeque<ObjectNode> pieces(Planned planned, Random random) {
    var pieces = new ArrayDeque<ObjectNode>();
    int text = 0;
    int call = 0;
    while (text < planned.text().length() || call < planned.arguments().length()) {
      boolean words = text < planned.text().length() && random.nextInt(3) > 0;
      String from = words ? planned.text() : planned.arguments();
      int at = words ? text : call;
      int to = Math.min(from.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
      if (to <= at) {
        continue;
      }
      ObjectNode delta = Json.object();
      if (words) {
        delta.put("content", from.substring(at, to));
        text = to;
      } else {
        var entry = delta.putArray("tool_calls").addObject().put("index", 0);
        var function = entry.putObject("function").put("arguments", from.substring(at, to));
        if (at == 0) {
          function.put("name", "send");
        }
        call = to;
      }
      pieces.add(delta);
    }
    return pieces;
  }

  @Test
  void howAReplyIsCutNeverMatters() throws IOException, UnreadableException {
    var random = new Random(SEED);
    var events = new Events(Place.BOTH, e -> {}, null, Confirmations.NOBODY);
    var view = GUARD.prepareForModel(EXCHANGE);
    int splits = 0;
    int stopped = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      var seen = events.response("1", Caller.ANONYMOUS);
      var planned = new ArrayList<Planned>();
      var queues = new ArrayList<ArrayDeque<ObjectNode>>();
      var choices = new ArrayList<StreamChoice>();
      var received = new ArrayList<Received>();
      for (int i = 0; i < CHOICES; i++) {
        planned.add(plan(random));
        queues.add(pieces(planned.get(i), random));
        choices.add(new StreamChoice(GUARD, EXCHANGE, view, seen, 1 << 20));
        received.add(new Received());
      }
      interleave(random, queues, choices, received);
      for (int i = 0; i < CHOICES; i++) {
        check(planned.get(i), received.get(i));
        stopped += planned.get(i).stops() ? 1 : 0;
        splits++;
      }
    }
    assertThat(splits).isEqualTo(100_000);
    assertThat(stopped).isBetween(5_000, 50_000);
  }

  private static void interleave(
      Random random,
      List<ArrayDeque<ObjectNode>> queues,
      List<StreamChoice> choices,
      List<Received> received)
      throws IOException, UnreadableException {
    while (queues.stream().anyMatch(q -> !q.isEmpty())) {
      int i = random.nextInt(CHOICES);
      ObjectNode delta = queues.get(i).poll();
      if (delta != null && !choices.get(i).ended()) {
        choices.get(i).take(delta, received.get(i));
      }
    }
    for (int i = 0; i < CHOICES; i++) {
      if (!choices.get(i).ended()) {
        choices.get(i).end("stop", received.get(i));
      }
    }
  }

  private static void check(Planned planned, Received received) {
    String text = received.text.toString();
    if (!planned.stops()) {
      require(planned, received, text.equals(planned.text().replace("XYZZY", "[gone]")));
      require(planned, received, "stop".equals(received.finish));
      if (!planned.arguments().isEmpty()) {
        ObjectNode expected = Json.object(planned.arguments());
        String key = expected.path("key").asString("").replace("[CREDENTIAL-1]", HIDDEN);
        expected.put("key", key);
        require(planned, received, expected.equals(Json.object(received.arguments.toString())));
      }
      return;
    }
    require(planned, received, Refusal.FINISH.equals(received.finish));
    require(planned, received, received.arguments.isEmpty());
    require(planned, received, text.contains("Sorry"));
    String before = text.substring(0, text.indexOf("Sorry"));
    int stop = planned.text().indexOf("PLUGH-PLUGH");
    String allowed = stop < 0 ? planned.text() : planned.text().substring(0, stop);
    // No part of the span: what came before it is a beginning of what stood before it.
    require(planned, received, allowed.replace("XYZZY", "[gone]").startsWith(before));
  }

  private static void require(Planned planned, Received received, boolean holds) {
    if (!holds) {
      throw new AssertionError(planned + " became " + received.text + received.arguments);
    }
  }
}
