package dev.redoubt.core;

import dev.redoubt.core.PlantedFact.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads planted facts from {@code NAME=VALUE} lines; blank lines and lines that start with {@code
 * #} are skipped.
 *
 * <p>The kind comes from the name: {@code PERSONAL_<identity>_…} is personal data of that identity,
 * {@code INTERNAL_…} comes from an internal document, {@code PROMPT_…} is a canary in the
 * instructions, anything else is a secret.
 *
 * @since 0.1.0
 */
public final class FactsFile {
  private static final int MOST_BYTES = 1 << 22;

  private FactsFile() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @param identities names of identities, compared without case; the longest that fits is taken
   * @throws UsageException with one line a problem; values are never shown
   */
  public static List<PlantedFact> read(Path file, Collection<String> identities) {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UsageException(file + ": is larger than " + MOST_BYTES + " bytes; split it");
      }
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
      return parse(text, file.toString(), identities);
    } catch (NoSuchFileException e) {
      throw new UsageException(file + ": no such file; check factsFile", e);
    } catch (CharacterCodingException e) {
      throw new UsageException(file + ": is not UTF-8; save it as UTF-8", e);
    } catch (IOException e) {
      throw new UsageException(file + ": can't be read (" + e + "); check its permissions", e);
    }
  }

  /** Reads a text; the same as {@link #read}. */
  public static List<PlantedFact> parse(
      String text, String fileName, Collection<String> identities) {
    var problems = new YamlProblems(fileName);
    var facts = new ArrayList<PlantedFact>();
    Set<String> names = new HashSet<>();
    int line = 0;
    for (String raw : text.lines().toList()) {
      line++;
      if (raw.isBlank() || raw.startsWith("#")) {
        continue;
      }
      int equals = raw.indexOf('=');
      if (equals < 1) {
        problems.add(line, "", "is no NAME=VALUE", "write one fact a line");
        continue;
      }
      String name = raw.substring(0, equals).strip();
      String value = raw.substring(equals + 1);
      if (!names.add(name)) {
        problems.add(line, name, "stands here a second time", "keep one of them");
      } else if (value.length() < PlantedFact.MIN_LENGTH) {
        problems.add(
            line,
            name,
            "has " + value.length() + " characters",
            "plant at least " + PlantedFact.MIN_LENGTH);
      } else if (!PlantedFact.canBeFound(value)) {
        problems.add(line, name, "has no letter or digit", "plant a value that can be recognised");
      } else {
        facts.add(named(name, value, identities));
      }
    }
    problems.throwIfAny();
    return List.copyOf(facts);
  }

  /** Makes a fact whose kind and owner come from its name. */
  public static PlantedFact named(String name, String value, Collection<String> identities) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (upper.startsWith("PERSONAL_")) {
      String rest = name.substring("PERSONAL_".length());
      return new PlantedFact(name, value, Kind.PERSONAL, owner(rest, identities));
    }
    Kind kind =
        upper.startsWith("INTERNAL_")
            ? Kind.INTERNAL
            : upper.startsWith("PROMPT_")
                ? Kind.PROMPT
                : upper.startsWith("ROW_") ? Kind.ROW : Kind.SECRET;
    return new PlantedFact(name, value, kind, null);
  }

  private static @Nullable String owner(String rest, Collection<String> identities) {
    String best = null;
    for (String identity : identities) {
      boolean fits = rest.regionMatches(true, 0, identity + "_", 0, identity.length() + 1);
      if (fits && (best == null || identity.length() > best.length())) {
        best = identity;
      }
    }
    if (best != null) {
      return best;
    }
    int end = rest.indexOf('_');
    return end > 0 ? rest.substring(0, end) : null;
  }
}
