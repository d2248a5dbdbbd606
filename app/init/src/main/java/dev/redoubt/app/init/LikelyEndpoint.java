package dev.redoubt.app.init;

import dev.redoubt.app.init.Sighting.Kind;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Guesses where a system answers, from what its code shows. */
final class LikelyEndpoint {
  private static final Pattern CHAT =
      Pattern.compile(
          "(?i)chat|ask|quer|complet|messag|answer|assist|prompt|generat|convers|agent|bot");

  private LikelyEndpoint() {}

  /** Where the system most likely answers, as far as code tells. */
  static String url(Survey survey) {
    String port =
        survey.of(Kind.PORT).stream().findFirst().map(Sighting::name).orElse(usualPort(survey));
    return "http://127.0.0.1:" + port + (ownChat(survey).isPresent() ? "" : path(survey));
  }

  private static String path(Survey survey) {
    Optional<String> best =
        survey.of(Kind.ENDPOINT).stream()
            .map(Sighting::name)
            .filter(name -> name.endsWith("/chat/completions"))
            .findFirst();
    return best.map(
            name -> slashed(name.substring(0, name.length() - "/chat/completions".length())))
        .orElse("/v1");
  }

  /**
   * The endpoint that most looks like a chat of the application's own making; empty where none
   * does, or one speaks as OpenAI does.
   */
  static Optional<Sighting> ownChat(Survey survey) {
    if (survey.of(Kind.ENDPOINT).stream().anyMatch(e -> e.name().endsWith("/chat/completions"))) {
      return Optional.empty();
    }
    return survey.of(Kind.ENDPOINT).stream()
        .filter(e -> CHAT.matcher(e.name()).find())
        .min(
            Comparator.comparingInt(
                (Sighting e) -> e.name().toLowerCase(Locale.ROOT).contains("chat") ? 0 : 1));
  }

  static String slashed(String path) {
    return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
  }

  private static String usualPort(Survey survey) {
    for (Sighting framework : survey.of(Kind.FRAMEWORK)) {
      switch (framework.name()) {
        case "FastAPI", "Django", "vLLM" -> {
          return "8000";
        }
        case "Flask" -> {
          return "5000";
        }
        case "Express", "Next.js", "NestJS", "Fastify" -> {
          return "3000";
        }
        case "Streamlit" -> {
          return "8501";
        }
        case "Gradio" -> {
          return "7860";
        }
        default -> {}
      }
    }
    return "8080";
  }
}
