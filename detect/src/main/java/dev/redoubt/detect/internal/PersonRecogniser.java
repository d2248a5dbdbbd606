package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of people: a given name of a list before a family name, what follows a title, and what
 * follows "my name is" and the like. A given name by itself is none.
 */
@AutoService(Recogniser.class)
public final class PersonRecogniser implements Recogniser {
  private static final String WORD = "\\p{Lu}[\\p{L}'’]{1,20}+(?:-\\p{Lu}[\\p{L}'’]{1,20}+)?";
  private static final String PARTICLES =
      "(?: (?:van|von|de|der|den|di|da|del|della|dos|du|la|le|bin|al|el|af|ten|ter)){0,2}";
  private static final Pattern FULL =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}@._-])("
              + WORD
              + ")(?: (?:\\p{Lu}\\.?|"
              + WORD
              + ")(?= \\p{Lu}))?"
              + PARTICLES
              + " ("
              + WORD
              + ")(?![\\p{L}\\p{N}@_])");
  private static final Pattern SINGLE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}@._/-]|\\p{Lu}\\p{L}{1,20} )\\p{Lu}[\\p{L}'’]{3,16}+(?![\\p{L}\\p{N}@_./-](?! )| \\p{Lu})");
  private static final Pattern TITLED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:Mr|Mrs|Ms|Miss|Dr|Prof|Mme|Mlle|Herr|Frau|Sr|Sra|Sig|Signora|Señor|Señora|Monsieur|Madame|Dhr|Mevr)"
              + "\\.? ((?:\\p{Lu}\\. )?"
              + WORD
              + "(?: \\p{Lu}\\.?(?= ))?"
              + PARTICLES
              + "(?: "
              + WORD
              + ")?)");
  private static final Pattern SAID =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:[Mm]y name is|[Nn]ame is|[Nn]ame:|[Nn]amed|[Ww]as called|[Mm]aiden name is|[Ss]urname is|[Ii]ch heiße"
              + "|[Jj]e m['’]appelle|[Mm]e llamo|[Mm]i chiamo|[Ll]ast name\\?|[Ff]ull name:|[Cc]ustomer:|[Pp]atient:)\\s{1,6}"
              + "("
              + WORD
              + "(?: (?:\\p{Lu}\\.?|"
              + WORD
              + ")){0,2})");

  /** What follows a word that is a given name too, and makes it something else. */
  private static final Set<String> NO_FAMILY =
      Set.of(
          "Street",
          "Road",
          "Avenue",
          "Hotel",
          "Bank",
          "Inc",
          "Corp",
          "University",
          "City",
          "Park",
          "Day",
          "State",
          "River",
          "Lake",
          "County",
          "School",
          "College",
          "Airport",
          "Airlines",
          "Station",
          "Island",
          "Beach",
          "Bay",
          "Church",
          "House",
          "Center",
          "Centre",
          "Company",
          "Group",
          "Act",
          "Law",
          "Award",
          "Prize",
          "Cup",
          "Games",
          "Week",
          "Museum",
          "Square",
          "Bridge",
          "Tower",
          "Hill",
          "Valley",
          "Is",
          "The",
          "And",
          "Of",
          "In");

  /** Given names that are ordinary words or places: they need a family name of the list. */
  private static final Set<String> ORDINARY =
      Set.of(
          "Will",
          "May",
          "April",
          "June",
          "August",
          "Mark",
          "Grace",
          "Hope",
          "Faith",
          "Joy",
          "Rose",
          "Art",
          "Bill",
          "Drew",
          "Grant",
          "Chase",
          "Dean",
          "Earl",
          "Guy",
          "Frank",
          "Rich",
          "Rob",
          "Sandy",
          "Sky",
          "Summer",
          "Autumn",
          "Dawn",
          "Eve",
          "Ivy",
          "Lily",
          "Pearl",
          "Ruby",
          "Victor",
          "Angel",
          "Christian",
          "Jordan",
          "Austin",
          "Dallas",
          "Chelsea",
          "Paris",
          "Sydney",
          "Madison",
          "Georgia",
          "Virginia",
          "Carolina",
          "Charlotte",
          "Florence",
          "Asia",
          "India",
          "Chance",
          "Major",
          "Prince",
          "King",
          "Price",
          "Mercedes",
          "Porsche",
          "Amber",
          "Crystal",
          "Destiny",
          "Harmony",
          "Melody",
          "Miles",
          "Page",
          "Ray",
          "Case",
          "Max",
          "Java",
          "France",
          "Kenya",
          "Chad",
          "Israel",
          "Brooklyn",
          "London",
          "Vienna",
          "Verona",
          "Geneva",
          "Cuba",
          "Jamaica",
          "Malta",
          "Roma",
          "Milan",
          "Nice",
          "San",
          "Santa",
          "Los",
          "Las",
          "New",
          "North");

  private record Names(Set<String> given, Set<String> family) {}

  /** Read when names are first asked for. */
  private static final class Loaded {
    static final Names ALL = read();
  }

  @Override
  public String type() {
    return "person";
  }

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    Names names = Loaded.ALL;
    Matcher full = FULL.matcher(text);
    for (int at = 0; full.find(at); ) {
      String family = full.group(2);
      boolean known = names.family().contains(family);
      boolean given = names.given().contains(full.group(1));
      boolean named =
          given && !NO_FAMILY.contains(family) && (known || !ORDINARY.contains(full.group(1)));
      if (named) {
        found.add(Span.of(type(), text, full.start(), full.end()));
      }
      // The second word may be the given name of the next pair.
      at = named ? full.end() : full.end(1);
    }
    Matcher single = SINGLE.matcher(text);
    while (single.find()) {
      String name = single.group();
      if (names.given().contains(name) && !ORDINARY.contains(name)) {
        found.add(Span.of(type(), text, single.start(), single.end()));
      }
    }
    groups(TITLED, text, found);
    groups(SAID, text, found);
    return dropOverlaps(found);
  }

  private void groups(Pattern pattern, String text, List<Span> found) {
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      found.add(Span.of(type(), text, m.start(1), m.end(1)));
    }
  }

  private static List<Span> dropOverlaps(List<Span> found) {
    found.sort((a, b) -> a.start() != b.start() ? a.start() - b.start() : b.end() - a.end());
    List<Span> kept = new ArrayList<>();
    for (Span span : found) {
      if (kept.isEmpty() || !kept.getLast().overlaps(span)) {
        kept.add(span);
      }
    }
    return kept;
  }

  private static Names read() {
    try (var in = PersonRecogniser.class.getResourceAsStream("names.txt")) {
      if (in == null) {
        throw new IllegalStateException("names.txt is missing from the jar");
      }
      String[] parts = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n", 2);
      return new Names(Set.of(parts[0].split("\n", -1)), Set.of(parts[1].strip().split("\n", -1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
