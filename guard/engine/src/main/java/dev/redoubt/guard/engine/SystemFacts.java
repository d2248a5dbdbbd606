package dev.redoubt.guard.engine;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a system's description says that a policy can use. */
final class SystemFacts {
  private final List<Component.Endpoint> endpoints = new ArrayList<>();
  private final List<Component.Tool> tools = new ArrayList<>();

  SystemFacts(AiSystem system) {
    for (Component component : system.components()) {
      if (component instanceof Component.Endpoint endpoint) {
        endpoints.add(endpoint);
      } else if (component instanceof Component.Tool tool) {
        tools.add(tool);
      }
    }
    tools.sort(Comparator.comparing(Component.Tool::name));
  }

  /** Tools that act, by name. */
  List<Component.Tool> actingTools() {
    return tools.stream().filter(Component.Tool::acts).toList();
  }

  /** Tools with limits, by name. */
  List<Component.Tool> limitedTools() {
    return tools.stream().filter(t -> !t.limits().isEmpty()).toList();
  }

  /**
   * Hosts with ports of the system's own URLs and of its context, never the attacker's sink, and
   * never this machine: a policy is for where the system will run, and a loopback port is of one
   * run only. What leads to the page's own host is written without one, and passes.
   */
  List<String> ownHosts() {
    var hosts = new TreeSet<String>();
    var sinks = new TreeSet<String>();
    for (Component.Endpoint e : endpoints) {
      addHost(hosts, e.url());
      e.identities().stream()
          .map(Component.Identity::login)
          .forEach(login -> addHost(hosts, login == null ? null : login.url()));
      addHost(sinks, e.groundTruth().sinkUrl());
    }
    hosts.addAll(context("allowedHosts"));
    hosts.removeAll(sinks);
    hosts.removeIf(SystemFacts::isThisMachine);
    return List.copyOf(hosts);
  }

  /** Mail domains that the system's description calls its own. */
  List<String> ownMailDomains() {
    return List.copyOf(context("allowedMailDomains"));
  }

  /** Whether the assistant passes on to its model who calls. */
  boolean callerAtModel() {
    return context("callerAtModel").contains("true");
  }

  /** How the guard learns who calls, from how the system's own identities prove themselves. */
  String callerYaml() {
    boolean bearer = false;
    String userHeader = null;
    for (Component.Endpoint e : endpoints) {
      for (Component.Identity identity : e.identities()) {
        bearer |= identity.login() != null;
        for (String header : new TreeSet<>(identity.headers().keySet())) {
          String lower = header.toLowerCase(Locale.ROOT);
          bearer |= lower.equals("authorization");
          userHeader = lower.contains("user") || lower.contains("email") ? header : userHeader;
        }
      }
    }
    if (bearer) {
      String claim = context("callerClaim").stream().findFirst().orElse("email");
      return """
      # Who calls: a claim of the bearer token. The assistant verifies the token; a forged one
      # gets nothing from it. Without a token the caller is anonymous.
      caller:
        jwtClaim: %s
        verify: upstream
      """
          .formatted(YamlText.scalar(claim));
    }
    if (userHeader != null) {
      return """
      # Who calls: a header. Only a proxy that callers can't go around may set it.
      caller:
        header: %s
      """
          .formatted(YamlText.scalar(userHeader));
    }
    return """
    # Nothing in the system's description says how callers prove who they are: all are
    # anonymous. Add 'caller: {jwtClaim: email, verify: upstream}' or 'caller: {header: …}'.
    """;
  }

  private Set<String> context(String key) {
    var words = new LinkedHashSet<String>();
    for (Component.Endpoint e : endpoints) {
      String value = e.context().get(key);
      if (value != null) {
        for (String word : value.split("[,\\s]+", -1)) {
          if (!word.isBlank()) {
            words.add(word);
          }
        }
      }
    }
    return new TreeSet<>(words);
  }

  private static boolean isThisMachine(String host) {
    String bare = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
    return bare.equals("localhost")
        || bare.endsWith(".localhost")
        || bare.matches("127(\\.[0-9]{1,3}){3}|0\\.0\\.0\\.0|\\[::1?]");
  }

  private static void addHost(Set<String> hosts, @Nullable String url) {
    if (url == null) {
      return;
    }
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      if (host != null) {
        String name = host.toLowerCase(Locale.ROOT);
        hosts.add(uri.getPort() < 0 ? name : name + ":" + uri.getPort());
      }
    } catch (URISyntaxException e) {
      // A URL that can't be read names no host that could be allowed.
    }
  }
}
