package dev.redoubt.attack.chat;

import dev.redoubt.attack.chat.Exchange.Failure;
import dev.redoubt.attack.chat.Exchange.Reply;
import dev.redoubt.attack.chat.Exchange.SinkHit;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.target.Accounts;
import dev.redoubt.runtime.target.Conversation;
import dev.redoubt.runtime.target.Say;
import dev.redoubt.runtime.target.TargetClient;
import dev.redoubt.runtime.target.TargetReply;
import dev.redoubt.runtime.target.TargetSettings;
import dev.redoubt.runtime.target.Turn;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a pass and gathers what each brought about: the reply, new records of the tool
 * ledger, requests at the attacker's sink. Thread-safe.
 */
final class Caller implements AutoCloseable {
  private static final URI NOWHERE = URI.create("none://none");

  /** Answers of a chat are short; more is an attack on us, and all of a run stay in memory. */
  private static final int MOST_REPLY_BYTES = 1 << 18;

  private final CampaignSpec spec;
  private final TargetClient client;
  private final HttpClient http;
  private final Accounts accounts;
  private final Inlets inlets;
  private final EffectWatch effects;
  private final URI origin;
  private final @Nullable LedgerFile ledger;
  private final @Nullable String sinkBase;
  private final @Nullable SinkWatch sink;
  private final Budget budget;
  private final InstantSource clock;
  private final HeaderMask mask;

  /**
   * @param sink the attacker's sink on loopback; absent when no call needs one, or when the
   *     target's description names another
   */
  Caller(
      Target target,
      CampaignSpec spec,
      @Nullable SinkServer sink,
      Budget budget,
      InstantSource clock) {
    Endpoint endpoint = target.endpoint();
    this.spec = spec;
    this.mask = HeaderMask.of(endpoint);
    this.budget = budget;
    this.clock = clock;
    // A target that is no server has no origin: nothing that is planted is sent as one of its own.
    URI url = endpoint.url().isEmpty() ? NOWHERE : address(target, endpoint.url());
    this.client =
        TargetClient.of(
            endpoint,
            target.baseFolder(),
            TargetSettings.DEFAULT.withTimeout(spec.timeout()).withMaxReplyBytes(MOST_REPLY_BYTES));
    String external = endpoint.groundTruth().sinkUrl();
    this.sinkBase = external != null || sink == null ? external : sink.baseUrl();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    this.accounts = new Accounts(endpoint.identities());
    this.inlets = new Inlets(target, http, url, sink, accounts);
    this.effects = new EffectWatch(target);
    this.origin = url;
    this.sink = sinkBase == null ? null : new SinkWatch(http, address(target, sinkBase), sink);
    GroundTruth.Ledger tools = endpoint.groundTruth().ledger();
    this.ledger =
        tools == null
            ? null
            : new LedgerFile(target.baseFolder().resolve(tools.file()), tools, clock);
  }

  private static URI address(Target target, String url) {
    try {
      URI address = URI.create(url);
      if (address.getScheme() != null && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          target.name() + ": '" + url + "' is no address; write http://host:port/v1", e);
    }
    throw new UsageException(
        target.name() + ": '" + url + "' is no address; write http://host:port/v1");
  }

  /** Base URL of the attacker's sink; absent when there is none. */
  @Nullable String sinkBase() {
    return sinkBase;
  }

  /**
   * What is to be said.
   *
   * @param conversation number of the conversation in its attempt
   * @param turn number of the exchange in its attempt
   * @param setup whether it comes before the attack
   * @param text the words
   * @param prompt the attempt's wording, at the first turn of a conversation, so that its text is
   *     planted before; absent at later turns
   * @param planting how its text is planted
   * @param resent whether it went out before, and its reply was lost
   * @param watch what is looked at beside the answer
   * @param marker what an effect carries; absent where the wording has none
   */
  record Saying(
      int conversation,
      int turn,
      boolean setup,
      String text,
      @Nullable Wording prompt,
      Planting planting,
      boolean resent,
      Judge.Watch watch,
      @Nullable String marker) {}

  /**
   * Opens a conversation.
   *
   * @param account who speaks; absent for an anonymous caller
   * @param before what the tape holds of it already
   */
  Line line(PlannedCall call, @Nullable String account, List<Exchange> before) {
    return new Line(call, account, before);
  }

  /** A conversation with the target. Belongs to one thread. */
  final class Line implements AutoCloseable {
    private final PlannedCall call;
    private final @Nullable String account;
    private final Conversation conversation;

    /** What a target that keeps no history for us must be told again. */
    private final List<String> unsaid;

    Line(PlannedCall call, @Nullable String account, List<Exchange> before) {
      this.call = call;
      this.account = account;
      var history = new ArrayList<Turn>();
      for (Exchange exchange : before) {
        history.add(Turn.user(exchange.question()));
        history.add(Turn.assistant(exchange.reply() == null ? "" : exchange.reply().text()));
      }
      boolean goesOn = client.canContinue();
      this.conversation = client.begin(goesOn ? history : List.of());
      this.unsaid =
          goesOn
              ? new ArrayList<>()
              : new ArrayList<>(before.stream().map(Exchange::question).toList());
    }

    /**
     * Says something.
     *
     * @return what came back; failures too
     * @throws InterruptedException when the run ends early; nothing is known then
     */
    Exchange say(Saying saying) throws InterruptedException {
      Instant sentAt = clock.instant();
      long begun = System.nanoTime();
      Wording prompt = saying.prompt();
      Wording.PlantedText plant = prompt == null ? null : prompt.plant();
      LedgerFile records = ledger;
      LedgerFile.Mark mark = records == null ? null : records.mark();
      int heard = sink == null ? 0 : sink.heard();
      EffectWatch.Look look = effects.before(saying.watch(), saying.marker());
      var tries = new Tries();
      Reply reply = null;
      Failure failure = null;
      try {
        if (plant != null) {
          inlets.plant(saying.planting(), plant, LateWords.token(call));
        }
        while (!unsaid.isEmpty()) {
          ask(unsaid.getFirst(), tries, begun);
          unsaid.removeFirst();
        }
        reply = reply(ask(saying.text(), tries, begun));
      } catch (ChatException e) {
        failure =
            new Failure(
                e.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                e.status(),
                line(e.getMessage()));
      } catch (Accounts.LoginFailed e) {
        failure = new Failure("login", e.status(), line(e.getMessage()));
      } catch (Planter.PlantFailed e) {
        failure = new Failure("plant", e.status(), line(e.getMessage()));
      }
      return new Exchange(
          call.id(),
          call.objective().id(),
          call.technique().id(),
          call.wording(),
          call.repetition(),
          saying.conversation(),
          saying.turn(),
          saying.setup(),
          call.seed(),
          account,
          saying.text(),
          plant,
          prompt == null ? null : prompt.marker(),
          saying.resent(),
          tries.count,
          sentAt,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
          reply,
          failure,
          records == null || mark == null ? null : records.since(mark),
          reply == null ? List.of() : arrived(saying.planting(), reply, heard),
          reply == null ? List.of() : effects(look, reply.text()));
    }

    /**
     * What came to the attacker's servers; what a stranger's tools got is masked as replies are.
     */
    private List<SinkHit> arrived(Planting planting, Reply reply, int heard)
        throws InterruptedException {
      if (planting == Planting.TOOL) {
        return inlets.atStrangers().stream()
            .map(e -> new SinkHit(e.how(), mask.inReply(e.url())))
            .toList();
      }
      return sink == null ? List.of() : sink.hits(call, reply.text(), heard);
    }

    /** The application's page is opened by the account that asked, as far as it is its own. */
    private List<Exchange.Effect> effects(EffectWatch.Look look, String answer)
        throws InterruptedException {
      try {
        return look.after(answer, effects.isAt(origin) ? accounts.headers(account) : Map.of());
      } catch (Accounts.LoginFailed e) {
        return List.of(
            new Exchange.Effect(Exchange.Effect.UNSEEN, Caller.this.line(e.getMessage())));
      }
    }

    private TargetReply ask(String text, Tries tries, long begun)
        throws InterruptedException, Accounts.LoginFailed {
      int first = tries.count;
      boolean renewed = false;
      while (true) {
        Map<String, String> headers = accounts.headers(account);
        budget.await();
        if (!budget.take()) {
          throw new ChatException(
              ChatException.Kind.CLOSED, budget.over().orElse("the budget is used up"));
        }
        tries.count++;
        try {
          TargetReply reply =
              conversation.say(
                  new Say(
                      text, headers, account, spec.temperature(), call.seed(), spec.maxTokens()));
          budget.calm();
          budget.charge(
              (long) reply.usage().prompt() + reply.usage().completion(),
              reply.cost() == null ? 0 : reply.cost());
          return reply;
        } catch (ChatException e) {
          if (!renewed && accounts.expired(account, e)) {
            renewed = true;
            accounts.refused(account, headers);
            continue;
          }
          Optional<Duration> pause = budget.pause(e, tries.count - first, begun);
          if (pause.isEmpty() || budget.over().isPresent()) {
            throw e;
          }
          Thread.sleep(pause.get());
        }
      }
    }

    @Override
    public void close() {
      conversation.close();
    }
  }

  /** How often an exchange went out. */
  private static final class Tries {
    private int count;
  }

  private Reply reply(TargetReply reply) {
    return new Reply(
        mask.inReply(reply.text()),
        reply.toolCalls().stream().map(c -> mask.inReply(c.name() + " " + c.arguments())).toList(),
        reply.finishReason(),
        mask.inReply(reply.model()),
        reply.usage().prompt(),
        reply.usage().completion(),
        reply.cost());
  }

  private String line(@Nullable String message) {
    return message == null
        ? "no reason given"
        : mask.inMessage(message).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    inlets.close();
    effects.close();
    client.close();
    accounts.close();
    http.close();
  }
}
