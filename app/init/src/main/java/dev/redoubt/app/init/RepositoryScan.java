package dev.redoubt.app.init;

import dev.redoubt.app.init.Sighting.Kind;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import dev.redoubt.detect.SecretScanner;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks around a repository: which frameworks, endpoints, prompts, tools, models and stores it
 * holds. It reads within {@link ScanLimits}, follows no link, runs nothing, and keeps no value of a
 * variable that holds a credential.
 *
 * @since 0.1.0
 */
public final class RepositoryScan {
  /** Two signs of one prompt stand at most this many lines apart. */
  private static final int SAME_PROMPT = 3;

  private static final int LONGEST_PROMPT = 4_000;

  private final List<Signs.Sign> signs = Signs.load();
  private final ScanLimits limits;
  private final List<Sighting> sightings = new ArrayList<>();
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final Set<String> notes = new HashSet<>();

  private RepositoryScan(ScanLimits limits) {
    this.limits = limits;
  }

  /**
   * Looks around.
   *
   * @param root folder of the repository
   * @throws UsageException where it is no folder
   * @throws TargetUnreachableException where it can't be read
   */
  public static Survey scan(Path root, ScanLimits limits) {
    if (!Files.isDirectory(root)) {
      throw new UsageException(root + ": is no folder; name the folder of your application");
    }
    return new RepositoryScan(limits).run(root);
  }

  private Survey run(Path root) {
    var files =
        new SourceFiles(
            root,
            limits,
            InstantSource.system(),
            new SourceFiles.Visitor() {
              @Override
              public boolean wants(String path) {
                return onPath(path);
              }

              @Override
              public void text(String path, String text) {
                inText(path, text);
              }
            });
    int read = files.walk();
    var all = new ArrayList<>(files.notes());
    notes.stream().sorted().forEach(all::add);
    return new Survey(sightings, read, all);
  }

  /** Takes what the path alone says; tells whether any sign looks into the file. */
  private boolean onPath(String path) {
    boolean wanted = McpServers.isNamed(path);
    for (Signs.Sign sign : signs) {
      Matcher matcher = sign.files().matcher(path);
      if (!matcher.find()) {
        continue;
      }
      if (sign.match() != null || sign.kind() == Kind.PROMPT) {
        wanted = true;
      } else {
        add(new Sighting(sign.kind(), path, path, 1));
      }
    }
    return wanted;
  }

  private void inText(String path, String text) {
    var lines = new Lines(text);
    var found = new ArrayList<Sighting>();
    for (Signs.Sign sign : signs) {
      if (!sign.files().matcher(path).find()) {
        continue;
      }
      if (sign.match() == null) {
        if (sign.kind() == Kind.PROMPT) {
          found.add(new Sighting(Kind.PROMPT, String.valueOf(sign.name()), path, 1));
          credentials(path, text, 0, text.length(), lines, found);
        }
        continue;
      }
      match(sign, sign.match(), path, text, lines, found);
    }
    if (McpServers.isNamed(path)) {
      found.addAll(McpServers.read(path, text, lines));
    }
    found.stream()
        .sorted(java.util.Comparator.comparingInt(Sighting::line))
        .forEach(sighting -> {
          if (!isKnown(sighting)) {
            add(sighting);
          }
        });
  }

  private void match(
      Signs.Sign sign,
      Pattern pattern,
      String path,
      String text,
      Lines lines,
      List<Sighting> found) {
    Matcher matcher = pattern.matcher(text);
    int most = limits.sightings();
    while (most-- > 0 && matcher.find()) {
      String name = sign.name();
      int at = matcher.start();
      if (name == null) {
        name = matcher.group("name");
        at = matcher.start("name");
      }
      Optional<String> clean =
          sign.kind() == Kind.UPSTREAM ? withoutCredentials(name) : Optional.of(name);
      int line = lines.of(at);
      clean.ifPresent(kept -> found.add(new Sighting(sign.kind(), kept, path, line)));
      if (sign.kind() == Kind.PROMPT) {
        int end = Math.min(text.length(), at + LONGEST_PROMPT);
        credentials(path, text, at, end, lines, found);
      }
      if (sign.kind() == Kind.FRAMEWORK || sign.kind() == Kind.STORE) {
        return; // Once a file is enough.
      }
    }
  }

  /** What looks like a credential in a prompt: its place, never its text. */
  private static void credentials(
      String path, String text, int start, int end, Lines lines, List<Sighting> found) {
    SecretScanner.scan(text.substring(start, end)).stream()
        .limit(20)
        .forEach(span ->
            found.add(
                new Sighting(Kind.CREDENTIAL, span.type(), path, lines.of(start + span.start()))));
  }

  /** A URL without user, password, query and fragment; empty where it is none. */
  static Optional<String> withoutCredentials(String url) {
    try {
      var uri = URI.create(url);
      if (uri.getHost() == null) {
        return Optional.empty();
      }
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      return Optional.of(uri.getScheme() + "://" + uri.getHost() + port + path);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Several signs may match one place. */
  private boolean isKnown(Sighting sighting) {
    for (int i = sightings.size() - 1; i >= 0; i--) {
      Sighting other = sightings.get(i);
      if (!other.file().equals(sighting.file())) {
        return false;
      }
      int apart = Math.abs(other.line() - sighting.line());
      boolean near = sighting.kind() == Kind.PROMPT ? apart <= SAME_PROMPT : apart == 0;
      if (other.kind() == sighting.kind()
          && near
          && (sighting.kind() == Kind.PROMPT || other.name().equals(sighting.name()))) {
        return true;
      }
    }
    return false;
  }

  private void add(Sighting sighting) {
    int count = counts.merge(sighting.kind(), 1, Integer::sum);
    if (count <= limits.sightings()) {
      sightings.add(sighting);
    } else {
      notes.add("more than " + limits.sightings() + " of a kind: the rest is not listed");
    }
  }
}
