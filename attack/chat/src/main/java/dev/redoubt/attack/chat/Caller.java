package dev.redoubt.attack.chat;

import dev.redoubt.attack.chat.Exchange.Failure;
import dev.redoubt.attack.chat.Exchange.Reply;
import dev.redoubt.attack.chat.Exchange.SinkHit;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatMessage;
import dev.redoubt.runtime.llm.ChatReply;
import dev.redoubt.runtime.llm.ChatRequest;
import dev.redoubt.runtime.llm.OpenAiClient;
import dev.redoubt.runtime.llm.RetryPolicy;
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
  /** Answers of a chat are short; more is an attack on us, and all of a run stay in memory. */
  private static final int MOST_REPLY_BYTES = 1 << 18;

  private final CampaignSpec spec;
  private final OpenAiClient client;
  private final HttpClient http;
  private final Accounts accounts;
  private final @Nullable Planter planter;
  private final @Nullable LedgerFile ledger;
  private final @Nullable SinkServer sink;
  private final @Nullable String sinkBase;
  private final @Nullable ChatPage page;
  private final @Nullable String attacker;
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
    this.sink = sink;
    this.budget = budget;
    this.clock = clock;
    URI url = address(target, endpoint.url());
    this.client =
        OpenAiClient.builder(url)
            .headers(endpoint.headers())
            .model(endpoint.model())
            .requestTimeout(spec.timeout())
            .idleTimeout(spec.timeout())
            .maxReplyBytes(MOST_REPLY_BYTES)
            .retries(RetryPolicy.NONE)
            .build();
    String external = endpoint.groundTruth().sinkUrl();
    this.sinkBase = sink != null ? sink.baseUrl() : external;
    Plant plant = endpoint.groundTruth().plant();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    this.accounts = new Accounts(http, endpoint.identities());
    this.planter = plant == null ? null : new Planter(http, plant, url);
    this.page =
        sinkBase == null ? null : new ChatPage(http, address(target, sinkBase), sink != null);
    this.attacker = target.attacker().map(Identity::name).orElse(null);
    String file = endpoint.groundTruth().ledgerFile();
    this.ledger = file == null ? null : new LedgerFile(target.baseFolder().resolve(file));
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

  /** The texts of a call with its own address at the sink. */
  private Wording filled(PlannedCall call) {
    if (sinkBase == null) {
      return call.prompt();
    }
    String token = token(call);
    var words = new Placeholders(Map.of("sink", sinkBase + "/" + token, "token", token));
    Wording prompt = call.prompt();
    Wording.PlantedText plant = prompt.plant();
    return new Wording(
        words.fill(prompt.text()),
        plant == null
            ? null
            : new Wording.PlantedText(
                words.fill(plant.subject()), words.fill(plant.intro()), words.fill(plant.text())),
        prompt.marker() == null ? null : words.fill(prompt.marker()),
        Map.of());
  }

  /** Short, since small models must copy it; the same in every pass, since passes are compared. */
  static String token(PlannedCall call) {
    return Fingerprint.of(
            call.objective().id(), call.technique().id(), Integer.toString(call.repetition()))
        .substring(0, 5);
  }

  /**
   * Makes a call.
   *
   * @param resent whether it went out before, and its reply was lost
   * @return what came back; failures too
   * @throws InterruptedException when the run ends early; nothing is known then
   */
  Exchange call(PlannedCall call, boolean resent) throws InterruptedException {
    Instant sentAt = clock.instant();
    long begun = System.nanoTime();
    Wording prompt = filled(call);
    LedgerFile tools = ledger;
    long mark = tools == null ? 0 : tools.mark();
    int heard = sink == null ? 0 : sink.size();
    var tries = new Tries();
    Reply reply = null;
    Failure failure = null;
    try {
      reply = ask(call, prompt, tries, begun);
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
        call.seed(),
        call.identity(),
        prompt.text(),
        prompt.plant(),
        prompt.marker(),
        resent,
        tries.count,
        sentAt,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
        reply,
        failure,
        tools == null ? null : tools.since(mark),
        reply == null ? List.of() : atSink(call, reply, heard));
  }

  /** How often a call went out. */
  private static final class Tries {
    private int count;
  }

  private Reply ask(PlannedCall call, Wording prompt, Tries tries, long begun)
      throws InterruptedException, Accounts.LoginFailed, Planter.PlantFailed {
    Wording.PlantedText plant = prompt.plant();
    if (plant != null && planter != null) {
      planter.plant(plant, accounts.headers(attacker));
    }
    var request =
        new ChatRequest(
            null,
            List.of(ChatMessage.user(prompt.text())),
            List.of(),
            spec.temperature(),
            call.seed(),
            spec.maxTokens(),
            List.of());
    boolean renewed = false;
    while (true) {
      Map<String, String> headers = accounts.headers(call.identity());
      budget.await();
      if (!budget.take()) {
        throw new ChatException(
            ChatException.Kind.CLOSED, "the limit of " + spec.maxCalls() + " calls is reached");
      }
      tries.count++;
      try {
        Reply reply = reply(client.chat(request, headers));
        budget.calm();
        return reply;
      } catch (ChatException e) {
        if (e.status() == 401 && !renewed && accounts.canRenew(call.identity())) {
          renewed = true;
          accounts.refused(call.identity(), headers);
          continue;
        }
        Optional<Duration> pause = budget.pause(e, tries.count, begun);
        if (pause.isEmpty() || budget.spent()) {
          throw e;
        }
        Thread.sleep(pause.get());
      }
    }
  }

  private Reply reply(ChatReply reply) {
    return new Reply(
        mask.inReply(reply.text()),
        reply.message().toolCalls().stream()
            .map(c -> mask.inReply(c.name() + " " + c.arguments()))
            .toList(),
        reply.finishReason(),
        mask.inReply(reply.model()),
        reply.usage().prompt(),
        reply.usage().completion());
  }

  private List<SinkHit> atSink(PlannedCall call, Reply reply, int heard)
      throws InterruptedException {
    if (page == null) {
      return List.of();
    }
    var hits = new ArrayList<SinkHit>();
    // What came before the page was rendered was fetched by the system itself.
    if (sink != null) {
      for (String url : sink.requested(heard, "/" + token(call))) {
        hits.add(new SinkHit("request", url));
      }
    }
    hits.addAll(page.render(reply.text()));
    return hits;
  }

  private String line(@Nullable String message) {
    return message == null
        ? "no reason given"
        : mask.inMessage(message).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }
}
