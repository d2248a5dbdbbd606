package dev.redoubt.runtime.target;

import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Login;
import dev.redoubt.runtime.llm.BoundedHttp;
import dev.redoubt.runtime.llm.ChatException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives the headers by which a call speaks for an account, logging in where the account asks for
 * it: once, and again after the target refused the token. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Accounts implements AutoCloseable {
  private static final BoundedHttp.Limits LIMITS =
      new BoundedHttp.Limits(
          Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30), 64 * 1024);

  private static final BoundedHttp.Hints HINTS =
      new BoundedHttp.Hints("nothing there", "it takes no POST", "check the url");

  private static final Pattern LOGIN_PAGE =
      Pattern.compile("(?i)log[-_]?in|log[-_]?on|sign[-_]?in|\\bauth|\\bsso\\b|session");

  private final BoundedHttp http = new BoundedHttp(LIMITS, HINTS);
  private final Map<String, Identity> byName = new HashMap<>();
  private final Map<String, Map<String, String>> tokens = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Knows these accounts; nobody is logged in yet. */
  public Accounts(List<Identity> identities) {
    identities.forEach(i -> byName.put(i.name(), i));
  }

  /** A log-in that gave no token. The message is one line, without what was sent. */
  public static final class LoginFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    LoginFailed(String message, int status, @Nullable Throwable cause) {
      super(message, cause);
      this.status = status;
    }

    /** The HTTP status of the answer, 0 where it was no failure of HTTP. */
    public int status() {
      return status;
    }
  }

  /**
   * Headers of an account, after its log-in where it has one; none for an anonymous caller.
   *
   * @throws LoginFailed where it gave no token
   */
  public Map<String, String> headers(@Nullable String name)
      throws LoginFailed, InterruptedException {
    Identity identity = name == null ? null : byName.get(name);
    if (identity == null) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>(identity.headers());
    Login login = identity.login();
    if (login != null) {
      headers.putAll(loggedIn(identity.name(), login));
    }
    return headers;
  }

  /** Says whether the account has a log-in that could be made again. */
  public boolean canRenew(@Nullable String name) {
    Identity identity = name == null ? null : byName.get(name);
    return identity != null && identity.login() != null;
  }

  /**
   * Says whether a failure means that the account's log-in is over, so that {@link #refused} and
   * the same call again may help: status 401, or a redirect to a page for logging in.
   */
  public boolean expired(@Nullable String name, ChatException failure) {
    if (!canRenew(name)) {
      return false;
    }
    return failure.status() == 401
        || (failure.status() / 100 == 3
            && failure.location().filter(to -> LOGIN_PAGE.matcher(to).find()).isPresent());
  }

  /**
   * Forgets a log-in that the target refused, unless somebody renewed it meanwhile.
   *
   * @param headers what the refused call was sent with
   */
  public void refused(@Nullable String name, Map<String, String> headers) {
    if (name != null) {
      tokens.computeIfPresent(
          name, (_, known) -> headers.entrySet().containsAll(known.entrySet()) ? null : known);
    }
  }

  private Map<String, String> loggedIn(String name, Login login)
      throws LoginFailed, InterruptedException {
    var known = tokens.get(name);
    if (known != null) {
      return known;
    }
    lock.lockInterruptibly();
    try {
      known = tokens.get(name);
      if (known == null) {
        known = use(login, logIn(name, login));
        tokens.put(name, known);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private static Map<String, String> use(Login login, String token) {
    if (login.use().isEmpty()) {
      return login.cookie().isEmpty()
          ? Map.of("Authorization", "Bearer " + token)
          : Map.of("Cookie", login.cookie() + "=" + token);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    login.use().forEach((header, value) -> headers.put(header, value.replace("{{token}}", token)));
    return headers;
  }

  private String logIn(String name, Login login) throws LoginFailed, InterruptedException {
    String what = "log-in of '" + name + "' at " + login.url();
    try {
      String token =
          http.exchange(
              request(login),
              // A form that was filled in well is often answered by a redirect to the first page.
              status -> status / 100 == 2 || (status / 100 == 3 && !login.cookie().isEmpty()),
              (head, in) -> token(login, head, in));
      if (token.isEmpty()) {
        throw new LoginFailed(
            what
                + (login.cookie().isEmpty()
                    ? ": the answer has no field '" + login.token() + "'"
                    : ": the answer sets no cookie '" + login.cookie() + "'")
                + "; mend the identity's login",
            0,
            null);
      }
      if (token.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
        throw new LoginFailed(what + ": the token holds control characters", 0, null);
      }
      return token;
    } catch (ChatException e) {
      throw failed(what, e);
    } catch (IllegalArgumentException e) {
      throw new LoginFailed(what + ": is no address; mend the identity's login", 0, e);
    }
  }

  private static LoginFailed failed(String what, ChatException e) {
    if (e.status() > 0) {
      return new LoginFailed(
          what + ": HTTP " + e.status() + "; check url and body of the identity's login",
          e.status(),
          e);
    }
    return new LoginFailed(
        what
            + switch (e.kind()) {
              case NOT_JSON -> ": the answer is no JSON; check the url";
              case TOO_LARGE, BAD_REPLY -> ": the answer can't be read; check the url";
              case TIMEOUT -> ": no answer in time";
              default -> ": not reached; is it running?";
            },
        0,
        e);
  }

  private static HttpRequest request(Login login) {
    var request = HttpRequest.newBuilder(URI.create(login.url()));
    if (login.form().isEmpty()) {
      return request
          .setHeader("Content-Type", "application/json")
          .POST(BodyPublishers.ofString(login.body()))
          .build();
    }
    String form =
        login.form().entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return request
        .setHeader("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form))
        .build();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String token(Login login, HttpResponse<?> head, InputStream in)
      throws IOException {
    if (!login.cookie().isEmpty()) {
      return cookie(login.cookie(), head);
    }
    var answer = Json.read(in.readAllBytes());
    if (!login.token().startsWith("$")) {
      return answer.path(login.token()).asString("");
    }
    var path = Selector.of(login.token(), "login.token");
    return path == null ? "" : path.words(answer).orElse("");
  }

  private static String cookie(String name, HttpResponse<?> head) {
    for (String header : head.headers().allValues("set-cookie")) {
      try {
        for (HttpCookie cookie : HttpCookie.parse(header)) {
          if (cookie.getName().equals(name)) {
            return cookie.getValue();
          }
        }
      } catch (IllegalArgumentException e) {
        // Somebody else's cookie, in a form that is none: the one that is looked for may follow.
      }
    }
    return "";
  }

  @Override
  public void close() {
    http.close();
  }
}
