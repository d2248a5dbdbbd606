package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Confirmations.Outcome;
import dev.redoubt.guard.engine.Confirmations.Pending;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a person says yes or no: {@code GET /redoubt/confirmations} lists what waits, {@code POST
 * /redoubt/confirmations/ID/approve} and {@code …/deny} decide. An operator shows the token that
 * the gateway was started with; a caller may see and decide what is its own.
 */
final class ConfirmRoute {
  static final String PATH = "/redoubt/confirmations";

  /** Header that carries the operator's token. */
  static final String TOKEN = "x-redoubt-operator";

  /**
   * Header that a caller's decision must carry. A page of somebody else can make a browser send a
   * request with the caller's cookies, but not with a header of its own.
   */
  static final String MEANT = "x-redoubt-confirm";

  private static final Pattern DECISION =
      Pattern.compile(Pattern.quote(PATH) + "/([0-9a-f]{1,64})/(approve|deny)");

  private final Confirmations confirmations;
  private final byte @Nullable [] token;

  ConfirmRoute(Confirmations confirmations, @Nullable String token) {
    this.confirmations = confirmations;
    this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
  }

  /** Says whether a path is one of these. */
  static boolean covers(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  void handle(ClientRequest request, Caller caller, ClientReply reply) {
    boolean operator = isOperator(request.headers().first(TOKEN));
    if (request.path().equals(PATH) && request.method().equals("GET")) {
      list(operator, caller, reply);
      return;
    }
    var matcher = DECISION.matcher(request.path());
    if (!matcher.matches() || !request.method().equals("POST")) {
      Routes.error(reply, 404, "GET " + PATH + " or POST " + PATH + "/ID/approve or /deny");
      return;
    }
    String id = matcher.group(1);
    boolean approve = matcher.group(2).equals("approve");
    if (!operator && request.headers().first(MEANT) == null) {
      Routes.error(reply, 403, "an operator's token or the header X-Redoubt-Confirm is missing");
      return;
    }
    Outcome outcome =
        operator ? confirmations.decide(id, approve) : confirmations.decide(id, approve, caller);
    switch (outcome) {
      case DECIDED ->
          send(reply, Json.object().put("id", id).put("decision", approve ? "approve" : "deny"));
      // Whose it is must not be told: an id that is not yours is as one that is not there.
      case NOT_YOURS, UNKNOWN ->
          Routes.error(reply, 404, "no such question waits for your answer; it may be too late");
    }
  }

  private boolean isOperator(@Nullable String shown) {
    return token != null
        && shown != null
        && MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
  }

  private void list(boolean operator, Caller caller, ClientReply reply) {
    List<Pending> visible =
        confirmations.pending().stream()
            .filter(p -> operator || (!caller.isAnonymous() && caller.id().equals(p.caller().id())))
            .toList();
    var body = Json.object();
    var list = body.putArray("pending");
    visible.forEach(p -> list.add(Questions.json(p)));
    send(reply, body);
  }

  private static void send(ClientReply reply, ObjectNode body) {
    var headers = new HeaderList();
    headers.set("content-type", "application/json");
    headers.set("cache-control", "no-store");
    reply.send(200, headers, Json.bytes(body));
  }
}
