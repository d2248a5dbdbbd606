package dev.redoubt.attack.chat;

import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Login;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives the headers by which a call speaks for an account, logging in where the account asks for
 * it: once, and again after the target refused the token. Thread-safe.
 */
final class Accounts {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http;
  private final Map<String, Identity> byName = new HashMap<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  Accounts(HttpClient http, List<Identity> identities) {
    this.http = http;
    identities.forEach(i -> byName.put(i.name(), i));
  }

  /** A log-in that gave no token. The message is one line, without the body that was sent. */
  static final class LoginFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    LoginFailed(String message, int status, @Nullable Throwable cause) {
      super(message, cause);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** Headers of an account; none for an anonymous caller. */
  Map<String, String> headers(@Nullable String name) throws LoginFailed, InterruptedException {
    Identity identity = name == null ? null : byName.get(name);
    if (identity == null) {
      return Map.of();
    }
    var headers = new HashMap<>(identity.headers());
    Login login = identity.login();
    if (login != null) {
      headers.put("Authorization", "Bearer " + token(identity.name(), login));
    }
    return headers;
  }

  /** Says whether a new log-in might help after a 401. */
  boolean canRenew(@Nullable String name) {
    Identity identity = name == null ? null : byName.get(name);
    return identity != null && identity.login() != null;
  }

  /** Forgets a token that the target refused, unless somebody renewed it meanwhile. */
  void refused(@Nullable String name, Map<String, String> headers) {
    String sent = headers.get("Authorization");
    if (name != null && sent != null && sent.startsWith("Bearer ")) {
      tokens.remove(name, sent.substring("Bearer ".length()));
    }
  }

  private String token(String name, Login login) throws LoginFailed, InterruptedException {
    String known = tokens.get(name);
    if (known != null) {
      return known;
    }
    lock.lockInterruptibly();
    try {
      known = tokens.get(name);
      if (known == null) {
        known = logIn(name, login);
        tokens.put(name, known);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private String logIn(String name, Login login) throws LoginFailed, InterruptedException {
    String what = "log-in of '" + name + "' at " + login.url();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(login.url()))
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(login.body()))
              .build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new LoginFailed(
            what
                + ": HTTP "
                + response.statusCode()
                + "; check url and body of the identity's login",
            response.statusCode(),
            null);
      }
      String token = JsonMapper.shared().readTree(response.body()).path(login.token()).asString("");
      if (token.isEmpty()) {
        throw new LoginFailed(
            what + ": the answer has no field '" + login.token() + "'; mend the identity's login",
            0,
            null);
      }
      return token;
    } catch (JacksonException e) {
      throw new LoginFailed(what + ": the answer is no JSON; check the url", 0, e);
    } catch (IOException e) {
      throw new LoginFailed(what + ": not reached; is it running?", 0, e);
    } catch (IllegalArgumentException e) {
      throw new LoginFailed(what + ": is no address; mend the identity's login", 0, e);
    }
  }
}
