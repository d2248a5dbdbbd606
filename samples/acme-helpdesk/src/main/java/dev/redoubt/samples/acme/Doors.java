package dev.redoubt.samples.acme;

import dev.redoubt.samples.acme.Assistant.Visitor;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chat page, the log-in and the ticket form. */
final class Doors {
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  private static final Header HTML =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
  private static final int LONGEST_TICKET = 2_000;
  private static final String BEARER = "Bearer ";

  private final AcmeWorld world;
  private final Tokens tokens;
  private final Tickets tickets;
  private final byte[] page;

  Doors(AcmeWorld world, Tokens tokens, Tickets tickets) {
    this.world = world;
    this.tokens = tokens;
    this.tickets = tickets;
    this.page = read("chat.html");
  }

  void route(HttpRouting.Builder routing) {
    routing
        .get("/", (_, response) -> response.header(HTML).send(page))
        .post("/login", this::login)
        .post("/tickets", this::ticket);
  }

  /**
   * Says who sends a request: nobody where there is no token (the keys that OpenAI clients insist
   * on sending are none).
   *
   * @return empty where there is a token that is not ours or has expired
   */
  Optional<Visitor> visitor(ServerRequest request) {
    var header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("").strip();
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(Visitor.ANONYMOUS);
    }
    var token = header.substring(BEARER.length()).strip();
    if (token.split("\\.", -1).length != 3) {
      return Optional.of(Visitor.ANONYMOUS);
    }
    return tokens.mail(token).flatMap(world::user).map(customer -> new Visitor(customer, header));
  }

  private void login(ServerRequest request, ServerResponse response) {
    var body = body(request);
    var user = world.user(body.path("user").asString(""));
    var password = body.path("password").asString("").getBytes(StandardCharsets.UTF_8);
    boolean known =
        user.isPresent()
            && MessageDigest.isEqual(
                user.get().password().getBytes(StandardCharsets.UTF_8), password);
    if (!known) {
      refuse(response, Status.UNAUTHORIZED_401, "user or password is wrong");
      return;
    }
    var answer =
        JsonMapper.shared()
            .createObjectNode()
            .put("token", tokens.issue(user.get()))
            .put("name", user.get().name());
    response.header(JSON).send(JsonMapper.shared().writeValueAsBytes(answer));
  }

  private void ticket(ServerRequest request, ServerResponse response) {
    var body = body(request);
    var text = (body.path("subject").asString("") + " " + body.path("text").asString("")).strip();
    if (text.isEmpty() || text.length() > LONGEST_TICKET) {
      refuse(
          response,
          Status.BAD_REQUEST_400,
          "text: write 1 to " + LONGEST_TICKET + " characters, subject included");
      return;
    }
    var visitor = visitor(request);
    if (visitor.isEmpty()) {
      refuse(response, Status.UNAUTHORIZED_401, "the token is not valid: log in again");
      return;
    }
    var customer = visitor.get().customer();
    var id = tickets.open(customer == null ? null : customer.mail(), text);
    var answer = JsonMapper.shared().createObjectNode().put("id", id);
    response
        .status(Status.CREATED_201)
        .header(JSON)
        .send(JsonMapper.shared().writeValueAsBytes(answer));
  }

  /** The body as JSON; an empty object where it is none. */
  private static JsonNode body(ServerRequest request) {
    try {
      return JsonMapper.shared().readTree(request.content().as(byte[].class));
    } catch (JacksonException e) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  private static void refuse(ServerResponse response, Status status, String message) {
    var answer = JsonMapper.shared().createObjectNode().put("error", message);
    response.status(status).header(JSON).send(JsonMapper.shared().writeValueAsBytes(answer));
  }

  private static byte[] read(String resource) {
    try (var in = Doors.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
