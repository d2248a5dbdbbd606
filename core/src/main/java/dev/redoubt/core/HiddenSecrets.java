package dev.redoubt.core;

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
            .map(i -> new Identity(i.name(), of(i.headers()), of(i.login())))
            .toList(),
        e.context(),
        e.groundTruth());
  }

  private static @Nullable Login of(@Nullable Login login) {
    return login == null ? null : new Login(login.url(), HIDDEN, login.token());
  }

  private static Map<String, String> of(Map<String, String> headers) {
    var hidden = new LinkedHashMap<String, String>();
    headers.keySet().forEach(name -> hidden.put(name, HIDDEN));
    return hidden;
  }
}
