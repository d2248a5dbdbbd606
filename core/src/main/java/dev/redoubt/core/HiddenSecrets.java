package dev.redoubt.core;

import dev.redoubt.core.Access.ConversationId;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Login;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hides the credentials of an endpoint. */
final class HiddenSecrets {
  private static final String HIDDEN = "(hidden)";

  private HiddenSecrets() {}

  static Component of(Endpoint e) {
    return new Endpoint(
        e.name(),
        e.location(),
        e.url(),
        e.model(),
        of(e.headers()),
        e.identities().stream()
            .map(i -> new Identity(i.name(), of(i.headers()), of(i.login()), i.sees()))
            .toList(),
        e.context(),
        e.groundTruth(),
        of(e.access()),
        e.price());
  }

  /** What is sent by template may hold keys, and nobody can tell which part of it. */
  private static Access of(Access access) {
    return switch (access) {
      case Access.Http h ->
          new Access.Http(
              h.method(),
              h.path(),
              of(h.headers()),
              of(h.query()),
              of(h.form()),
              h.body().isEmpty() ? "" : HIDDEN,
              h.reply(),
              h.toolCalls(),
              h.stream(),
              h.done(),
              h.error(),
              h.conversation() instanceof ConversationId.Started s
                  ? new ConversationId.Started(s.method(), s.url(), HIDDEN, s.id())
                  : h.conversation(),
              h.cookies(),
              h.promptTokens(),
              h.completionTokens());
      case Access.WebSocket w ->
          new Access.WebSocket(
              w.open().isEmpty() ? "" : HIDDEN,
              w.greetings(),
              HIDDEN,
              w.reply(),
              w.toolCalls(),
              w.done(),
              w.error());
      case Access.Mcp m -> new Access.Mcp(m.command(), m.tool(), m.argument(), of(m.arguments()));
      case Access.ModelApi m -> m;
      case Access.Program p -> p;
      case Access.Java j -> j;
    };
  }

  private static @Nullable Login of(@Nullable Login login) {
    return login == null
        ? null
        : new Login(
            login.url(),
            login.body().isEmpty() ? "" : HIDDEN,
            of(login.form()),
            login.token(),
            login.cookie(),
            of(login.use()));
  }

  private static Map<String, String> of(Map<String, String> headers) {
    var hidden = new LinkedHashMap<String, String>();
    headers.keySet().forEach(name -> hidden.put(name, HIDDEN));
    return hidden;
  }
}
