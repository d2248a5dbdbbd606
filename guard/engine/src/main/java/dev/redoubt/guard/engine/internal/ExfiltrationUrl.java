package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.detect.UrlScanner;
import dev.redoubt.detect.UrlSpan;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.ToolCallView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes out links and images that would carry data to hosts that nobody allowed. */
@AutoService(Scanner.class)
public final class ExfiltrationUrl implements Scanner {
  @Override
  public String name() {
    return "exfiltration-url";
  }

  @Override
  public String title() {
    return "Images, links and HTML that lead to a host that is not allowed";
  }

  @Override
  public String explanation() {
    return """
    Option: allow, a list of hosts: example.org (its usual ports), example.org:8443 (that port),
    *.example.org (those below it). Hosts are read as browsers read them: user names, escapes,
    look-alike dots, numeric addresses and missing slashes do not help. Relative links pass; so
    does a link, but no image, that the user typed letter by letter. It does not judge what an
    allowed host does with a request: an open redirect or a log on it carries data out.\
    """;
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.answer(
                "what an allowed host does with a request", "![](https://acme.example/r?to=evil)")
            .withOptions("{allow: [acme.example]}"),
        Limit.answer("a relative link, which the page's own host answers", "[more](/log?d=secret)"),
        Limit.answer("a host that is only named", "Go to evil example dot com yourself."),
        Limit.of(
            "data that leaves by a tool which may send: see tool-limit and untrusted-trigger"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.REWRITE, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("allow"));
    var allow = new ArrayList<Entry>();
    for (YamlNode item : options.list("allow")) {
      String text = item.asText("example.org").strip();
      Entry entry = text.contains("/") || text.contains("@") ? null : entry(text);
      if (entry == null) {
        item.problem("is no host", "such as example.org, *.example.org, example.org:8443");
      } else {
        allow.add(entry);
      }
    }
    return new Foreign(List.copyOf(allow));
  }

  private static @Nullable Entry entry(String text) {
    boolean below = text.startsWith("*.");
    Hosts.Target target = Hosts.target("https://" + (below ? text.substring(2) : text));
    String host = target.host();
    return host == null || (below && host.indexOf('.') < 0)
        ? null
        : new Entry(host, target.port(), below);
  }

  /**
   * An allowed host.
   *
   * @param port the only port; -1 for the usual ones
   * @param below whether it means the hosts below this one
   */
  private record Entry(String host, int port, boolean below) {
    boolean allows(Hosts.Target target) {
      String other = target.host();
      if (other == null) {
        return false;
      }
      boolean samePort = port == -1 ? target.usualPort() : port == portOf(target);
      return samePort && (below ? other.endsWith("." + host) : other.equals(host));
    }

    private static int portOf(Hosts.Target target) {
      return target.port() != -1 ? target.port() : target.scheme().equals("http") ? 80 : 443;
    }
  }

  private record Foreign(List<Entry> allow) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.ANSWER, Stage.TOOL_CALL);
    }

    @Override
    public List<Hit> answer(Exchange exchange, String answer) {
      var hits = new ArrayList<Hit>();
      Set<String> typed = typed(exchange);
      for (UrlSpan url : UrlScanner.scan(answer)) {
        boolean loads =
            url.kind() == UrlSpan.Kind.IMAGE
                || url.kind() == UrlSpan.Kind.HTML
                || url.kind() == UrlSpan.Kind.REFERENCE;
        if (!passes(url.url()) && (loads || !typed.contains(url.url()))) {
          boolean image = url.kind() == UrlSpan.Kind.IMAGE;
          hits.add(
              new Hit(
                  url.spanStart(),
                  url.spanEnd(),
                  (image ? "an image" : "a link") + " to a host that is not allowed",
                  image ? "[image removed]" : "[link removed]"));
        }
      }
      return hits;
    }

    @Override
    public List<Hit> toolCall(Exchange exchange, ToolCallView call) {
      Arguments arguments = Arguments.read(call);
      if (arguments == null) {
        return answer(exchange, call.argumentsJson());
      }
      for (String name : Arguments.names(call, arguments)) {
        if (!answer(exchange, name).isEmpty()) {
          String why = "the name of a tool or argument leads to a host that is not allowed";
          return List.of(new Hit(0, call.argumentsJson().length(), why, "{}"));
        }
      }
      for (Arguments.Leaf leaf : arguments.leaves()) {
        if (!answer(exchange, leaf.text()).isEmpty()) {
          String why = "argument '" + leaf.argument() + "' leads to a host that is not allowed";
          return List.of(new Hit(0, call.argumentsJson().length(), why, "{}"));
        }
      }
      return List.of();
    }

    private boolean passes(String url) {
      // Chat pages make a link of "www.example.org" as it stands.
      boolean www = url.regionMatches(true, 0, "www.", 0, 4);
      Hosts.Target target = Hosts.target(www ? "http://" + url : url);
      if (target.relative()) {
        return true;
      }
      if (target.host() == null) {
        // A mail or phone link without parameters carries nothing that is not in plain sight.
        boolean contact = target.scheme().equals("mailto") || target.scheme().equals("tel");
        return contact && url.indexOf('?') < 0;
      }
      return allow.stream().anyMatch(entry -> entry.allows(target));
    }

    private static Set<String> typed(Exchange exchange) {
      var typed = new HashSet<String>();
      for (String said : exchange.textsOf(Role.USER)) {
        UrlScanner.scan(said).forEach(u -> typed.add(u.url()));
      }
      return typed;
    }
  }
}
