package dev.redoubt.guard.engine;

import dev.redoubt.core.Suggestion;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads {@code guard.yaml}, collecting every problem. */
final class PolicyReader {
  private static final List<String> RULE_KEYS =
      List.of("id", "scanner", "place", "action", "because", "with");
  private static final int SHORTEST_KEY = 32;

  private final YamlProblems problems;
  private final Path folder;

  private PolicyReader(YamlProblems problems, Path folder) {
    this.problems = problems;
    this.folder = folder;
  }

  static Policy read(Path file) {
    var problems = new YamlProblems(file.toString());
    Path parent = file.toAbsolutePath().getParent();
    return new PolicyReader(problems, parent == null ? Path.of("") : parent)
        .policy(YamlNode.read(file, problems));
  }

  static Policy parse(String yaml, String fileName) {
    var problems = new YamlProblems(fileName);
    return new PolicyReader(problems, folderOf(fileName)).policy(YamlNode.parse(yaml, problems));
  }

  private static Path folderOf(String fileName) {
    try {
      Path parent = Path.of(fileName).toAbsolutePath().getParent();
      return parent == null ? Path.of("") : parent;
    } catch (InvalidPathException e) {
      return Path.of("");
    }
  }

  private Policy policy(YamlNode root) {
    YamlMap map =
        root.asMap(
            "guard", "caller", "passages", "rules", "onNotRun", "limits", "confirm", "buffer");
    if (root.kind() == YamlNode.Kind.MAP && map.get("guard") == null) {
      map.missing("guard", "add 'guard: 1', the version of this format");
    }
    map.integer("guard", 1, 1, 1);
    CallerSource caller = caller(map.get("caller"));
    PassageMarkers passages = passages(map.get("passages"));
    ScanLimits limits = limits(map.get("limits"));
    boolean block = map.oneOf("onNotRun", List.of("block", "allow"), "block").equals("block");
    Asking asking = asking(map.get("confirm"));
    boolean full = map.oneOf("buffer", List.of("window", "full"), "window").equals("full");
    var rules = new ArrayList<Rule>();
    Map<String, Scanner> scanners =
        Guard.scanners().stream().collect(Collectors.toMap(Scanner::name, Function.identity()));
    for (YamlNode item : map.list("rules")) {
      Rule rule = rule(item, scanners, passages);
      if (rule != null) {
        rules.add(rule);
      }
    }
    new Contradictions(problems).check(rules);
    problems.throwIfAny();
    return new Policy(caller, passages, rules, block, limits, asking, full);
  }

  private @Nullable Rule rule(
      YamlNode node, Map<String, Scanner> scanners, PassageMarkers passages) {
    if (node.kind() != YamlNode.Kind.MAP) {
      node.asOpenMap();
      return null;
    }
    YamlMap map = node.asMap(RULE_KEYS.toArray(String[]::new));
    String id = map.requiredText("id", "give the rule a name, which events will show");
    String name = map.requiredText("scanner", "one of " + names(scanners));
    Place place =
        Place.valueOf(upper(map.oneOf("place", List.of("front", "back", "both"), "both")));
    String because = map.optionalText("because");
    Scanner scanner = scanners.get(name);
    if (scanner == null) {
      YamlNode value = map.get("scanner");
      if (value != null && !name.isEmpty()) {
        value.problem(
            "unknown scanner '" + name + "'", Suggestion.howToMend(name, scanners.keySet()));
      }
      return null;
    }
    Action action = action(map, scanner);
    Check check = scanner.configure(options(map, node), passages);
    return new Rule(id, name, place, action, because, check, node.location());
  }

  private static Action action(YamlMap map, Scanner scanner) {
    List<String> words =
        Arrays.stream(Action.values())
            .filter(scanner.actions()::contains)
            .map(Action::word)
            .toList();
    YamlNode value = map.get("action");
    if (value == null) {
      map.missing("action", "say what to do: one of " + String.join(", ", words));
      return Action.BLOCK;
    }
    List<String> all = Arrays.stream(Action.values()).map(Action::word).toList();
    String word = value.asOneOf(all, "block");
    if (!words.contains(word)) {
      value.problem(
          "scanner '" + scanner.name() + "' can't " + word, "one of " + String.join(", ", words));
    }
    return Action.valueOf(upper(word));
  }

  /** The options, or an empty map on the rule's line where there are none. */
  private YamlMap options(YamlMap rule, YamlNode node) {
    YamlNode with = rule.get("with");
    if (with != null) {
      return with.asOpenMap();
    }
    String empty = "\n".repeat(node.line() - 1) + "with: {}";
    YamlNode stand = YamlNode.parse(empty, problems).asOpenMap().get("with");
    return stand == null ? rule : stand.asOpenMap();
  }

  private CallerSource caller(@Nullable YamlNode node) {
    if (node == null) {
      return new CallerSource.None();
    }
    YamlMap map = node.asMap("header", "jwtClaim", "groupsClaim", "verify", "hmacKeyFile");
    String header = map.optionalText("header");
    String claim = map.optionalText("jwtClaim");
    if ((header == null) == (claim == null)) {
      node.problem(
          header == null ? "names no source" : "names two sources",
          "give either header or jwtClaim");
      return new CallerSource.None();
    }
    if (header != null) {
      for (String key : List.of("groupsClaim", "verify", "hmacKeyFile")) {
        YamlNode other = map.get(key);
        if (other != null) {
          other.problem("goes with jwtClaim, not with header", "remove it");
        }
      }
      return new CallerSource.Header(header);
    }
    boolean upstream = map.oneOf("verify", List.of("upstream"), "").equals("upstream");
    YamlNode keyFile = map.get("hmacKeyFile");
    if (upstream == (keyFile != null)) {
      node.problem(
          upstream ? "verifies twice" : "does not say who verifies the token",
          "give either 'verify: upstream' or hmacKeyFile");
    }
    return new CallerSource.JwtClaim(
        claim == null ? "" : claim,
        map.optionalText("groupsClaim"),
        keyFile == null ? null : key(keyFile));
  }

  private @Nullable SecretKey key(YamlNode node) {
    String name = node.asText("");
    try (var in = Files.newInputStream(folder.resolve(name))) {
      byte[] bytes = in.readNBytes(4_096);
      int end = bytes.length;
      while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
        end--;
      }
      if (end < SHORTEST_KEY) {
        node.problem(
            "key has " + end + " bytes", "HS256 needs at least " + SHORTEST_KEY + " (RFC 7518)");
      }
      return end == 0 ? null : new SecretKeySpec(bytes, 0, end, "HmacSHA256");
    } catch (IOException | InvalidPathException e) {
      node.problem("key file can't be read", "check the path, relative to the policy");
      return null;
    }
  }

  private static PassageMarkers passages(@Nullable YamlNode node) {
    if (node == null) {
      return PassageMarkers.DEFAULT;
    }
    YamlMap map = node.asMap("begin", "end");
    String begin = map.requiredText("begin", "give the text that begins a passage");
    String end = map.requiredText("end", "give the text that ends a passage");
    if (!begin.isEmpty() && begin.equals(end)) {
      node.problem("begin and end are the same", "mark the end differently");
    }
    return begin.isEmpty() || end.isEmpty() || begin.equals(end)
        ? PassageMarkers.DEFAULT
        : new PassageMarkers(begin, end);
  }

  private static Asking asking(@Nullable YamlNode node) {
    if (node == null) {
      return Asking.NOBODY;
    }
    YamlMap map = node.asMap("seconds", "most", "webhook");
    long seconds = map.integer("seconds", 120, 1, 3_600);
    int most = (int) map.integer("most", 100, 1, 10_000);
    YamlNode hook = map.get("webhook");
    return new Asking(Duration.ofSeconds(seconds), most, hook == null ? null : webhook(hook));
  }

  private static @Nullable URI webhook(YamlNode node) {
    String text = node.asText("");
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && (scheme.equals("http") || scheme.equals("https"))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    node.problem("is no http or https URL", "write http://HOST:PORT/PATH without a user name");
    return null;
  }

  private static ScanLimits limits(@Nullable YamlNode node) {
    if (node == null) {
      return ScanLimits.DEFAULT;
    }
    YamlMap map = node.asMap("scanMillis", "textCharacters", "holdBackCharacters");
    ScanLimits d = ScanLimits.DEFAULT;
    return new ScanLimits(
        Duration.ofMillis(map.integer("scanMillis", d.budget().toMillis(), 1, 600_000)),
        (int) map.integer("textCharacters", d.maxCharacters(), 1_000, 10_000_000),
        (int) map.integer("holdBackCharacters", d.holdBack(), 16, 16_384));
  }

  private static String names(Map<String, Scanner> scanners) {
    return scanners.keySet().stream().sorted().collect(Collectors.joining(", "));
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
