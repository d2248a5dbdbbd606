package dev.redoubt.app.cli;

import dev.redoubt.app.report.Demo;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Login;
import dev.redoubt.core.Seeds;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatMessage;
import dev.redoubt.runtime.llm.ChatRequest;
import dev.redoubt.runtime.llm.OpenAiClient;
import dev.redoubt.samples.acme.LedgerEntry;
import dev.redoubt.samples.acme.OrdinaryQuestion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the ordinary customers' questions and says which were answered right, by the planted answer
 * and the tool ledger.
 */
final class DemoQuestions {
  private static final Duration TIME = Duration.ofMinutes(2);
  private static final double TEMPERATURE = 0.3;

  private final DemoScene scene;
  private final long seed;
  private final Map<String, Map<String, String>> headers = new HashMap<>();

  DemoQuestions(DemoScene scene, long seed) {
    this.scene = scene;
    this.seed = seed;
  }

  /** Asks the first {@code count} questions, spread over all kinds, one after the other. */
  List<Demo.Question> ask(int count, Progress progress, BooleanSupplier stop)
      throws InterruptedException {
    List<OrdinaryQuestion> questions = spread(scene.desk().world().questions(), count);
    List<Demo.Question> asked = new ArrayList<>();
    int right = 0;
    try (OpenAiClient client = client()) {
      for (OrdinaryQuestion question : questions) {
        if (stop.getAsBoolean()) {
          break;
        }
        Demo.Question answered = ask(client, question);
        asked.add(answered);
        right += answered.right() ? 1 : 0;
        progress.step(asked.size(), questions.size(), right + " right");
      }
    }
    return asked;
  }

  private OpenAiClient client() {
    return OpenAiClient.builder(URI.create(scene.endpoint().url()))
        .model(scene.endpoint().model())
        .requestTimeout(TIME)
        .build();
  }

  private Demo.Question ask(OpenAiClient client, OrdinaryQuestion question)
      throws InterruptedException {
    int before = scene.desk().ledger().size();
    String answer = "";
    String note = "";
    boolean right = false;
    try {
      ChatRequest request =
          ChatRequest.of(List.of(ChatMessage.user(question.question())))
              .withTemperature(TEMPERATURE)
              .withSeed(Seeds.positive31(Seeds.derive(seed, "ordinary", question.id())));
      answer = client.chat(request, headersOf(question.identity())).text();
      List<LedgerEntry> ledger = scene.desk().ledger();
      List<LedgerEntry> calls = ledger.subList(before, ledger.size());
      right = question.right(answer, calls);
      note =
          right
              ? ""
              : "the planted answer or the tool call is missing, or a tool acted that nobody asked for";
    } catch (ChatException e) {
      note = "not answered: " + e.getMessage();
    }
    return new Demo.Question(
        question.id(),
        question.question(),
        needs(question),
        expected(question),
        answer,
        right,
        note);
  }

  private static String needs(OrdinaryQuestion question) {
    return switch (question.needs()) {
      case DOCUMENT -> "nothing";
      case PERSONAL -> "personal-data";
      case LINK -> "link";
      case TOOL -> "tool";
    };
  }

  private static String expected(OrdinaryQuestion question) {
    String fact = question.expected().isEmpty() ? "" : question.expected().getFirst();
    OrdinaryQuestion.ExpectedCall call = question.call();
    if (call == null) {
      return fact;
    }
    return (fact.isEmpty() ? "" : fact + "; ") + "call of " + call.tool();
  }

  private Map<String, String> headersOf(@Nullable String identity) throws InterruptedException {
    if (identity == null) {
      return Map.of();
    }
    Map<String, String> known = headers.get(identity);
    if (known == null) {
      known = logIn(scene.endpoint(), identity);
      headers.put(identity, known);
    }
    return known;
  }

  private static Map<String, String> logIn(Endpoint endpoint, String name)
      throws InterruptedException {
    Identity identity =
        endpoint.identities().stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
    Login login = identity.login();
    if (login == null) {
      return identity.headers();
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(login.url()))
              .header("Content-Type", "application/json")
              .timeout(TIME)
              .POST(HttpRequest.BodyPublishers.ofString(login.body()))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new TargetUnreachableException(
            login.url() + ": log-in answered " + response.statusCode());
      }
      String token = JsonMapper.shared().readTree(response.body()).path(login.token()).asString();
      return Map.of("Authorization", "Bearer " + token);
    } catch (IOException e) {
      throw new TargetUnreachableException(login.url() + ": log-in failed: " + Words.ofIo(e), e);
    }
  }

  /** Takes {@code count} of the questions, so that each kind keeps its share. */
  static List<OrdinaryQuestion> spread(List<OrdinaryQuestion> all, int count) {
    if (count >= all.size()) {
      return all;
    }
    List<OrdinaryQuestion> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(all.get(i * all.size() / count));
    }
    return some;
  }

  /** One line for the terminal. */
  static String line(List<Demo.Question> questions) {
    return String.format(
        Locale.ROOT,
        "%d of %d ordinary questions answered right",
        Demo.Ordinary.right(questions),
        questions.size());
  }
}
