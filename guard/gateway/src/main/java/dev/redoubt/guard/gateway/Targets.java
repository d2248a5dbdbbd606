package dev.redoubt.guard.gateway;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a path asks for, and where it lies at the upstream. */
final class Targets {
  /**
   * Paths that mean the same to every server. With escapes, dots or empty segments a server might
   * find a chat completion where this gateway saw something harmless.
   */
  private static final Pattern PLAIN =
      Pattern.compile("(/[A-Za-z0-9_~@:,=-][A-Za-z0-9._~@:,=-]*)*/?");

  /** First segments below /v1 of what is sent to a model and never makes it talk. */
  private static final Set<String> SILENT =
      Set.of("embeddings", "models", "moderations", "tokenize", "detokenize");

  /** Segments outside of /v1 by which servers offer their models in other protocols. */
  private static final Set<String> TALKING =
      Set.of(
          "chat",
          "completion",
          "completions",
          "responses",
          "generate",
          "generate_stream",
          "invocations");

  /**
   * First segments below /v1 of what makes a model talk, or gives back what it said, and is not
   * understood here, whatever the method.
   */
  private static final Set<String> UNCHECKED =
      Set.of(
          "chat",
          "completions",
          "responses",
          "messages",
          "complete",
          "threads",
          "assistants",
          "realtime",
          "engines",
          "edits",
          "conversations",
          "batches");

  /** What a request asks for. */
  enum Kind {
    /** A chat completion, to be checked. */
    CHAT,
    /** Another way to make a model talk. */
    UNCHECKED,
    /** The same outside of the API, in a protocol of another server. */
    FOREIGN,
    /** Something else of the API. */
    API,
    /** Outside of the API: a page, a log-in. */
    OUTSIDE,
    /** A path that could mean several things. */
    AMBIGUOUS
  }

  private final String base;
  private final String root;

  Targets(URI upstream) {
    var path = upstream.getRawPath() == null ? "" : upstream.getRawPath();
    this.base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.root = base.endsWith("/v1") ? base.substring(0, base.length() - 3) : base;
  }

  /**
   * Tells what a request asks for.
   *
   * @param reading whether its method only reads; whatever else is asked of an unknown path may
   *     make a model talk
   */
  Kind kind(String path, boolean reading) {
    if (!PLAIN.matcher(path).matches()) {
      return Kind.AMBIGUOUS;
    }
    var plain = path.toLowerCase(Locale.ROOT);
    if (plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    if (plain.endsWith("/chat/completions")) {
      return Kind.CHAT;
    }
    var segments = List.of(plain.split("/", -1));
    if (!plain.equals("/v1") && !plain.startsWith("/v1/")) {
      boolean talks = !reading && segments.stream().anyMatch(TALKING::contains);
      return talks ? Kind.FOREIGN : Kind.OUTSIDE;
    }
    var first = segments.size() > 2 ? segments.get(2) : "";
    boolean known = !UNCHECKED.contains(first) && (reading || SILENT.contains(first));
    return known ? Kind.API : Kind.UNCHECKED;
  }

  /** Path and query at the upstream. */
  String at(String path, @Nullable String query) {
    var lower = path.toLowerCase(Locale.ROOT);
    var target =
        lower.equals("/v1") || lower.startsWith("/v1/") ? base + path.substring(3) : root + path;
    if (target.isEmpty()) {
      target = "/";
    }
    return query == null ? target : target + "?" + query;
  }
}
