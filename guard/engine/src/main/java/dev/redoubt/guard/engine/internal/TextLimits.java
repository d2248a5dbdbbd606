package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Bounds what users and models say: how long, how monotonous, in which languages. */
@AutoService(Scanner.class)
public final class TextLimits implements Scanner {
  private static final int DEFAULT_RUN = 2_000;

  @Override
  public String name() {
    return "text-limits";
  }

  @Override
  public String title() {
    return "Texts that are too long, repeat one thing, or are in another language";
  }

  @Override
  public String explanation() {
    return """
    Options: characters (most in a text), lines (most in a text), repeats (default 2000: longest
    run of one character), invisible (default 200: most invisible characters), languages, a list
    such as [en, de]: a text that is clearly in another one counts. Languages are told by their
    scripts and by their commonest words; fewer than five words, names and code are in none.
    Users' messages and answers are looked at, documents and tool results by the lengths
    alone.\
    """;
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.input(Role.USER, "another language of fewer than five words", "Wie geht es?")
            .withOptions("{languages: [en]}"),
        Limit.input(
                Role.USER,
                "two languages mixed half and half",
                "How are you und wie geht es dir heute my friend")
            .withOptions("{languages: [en]}"),
        Limit.of("the cost of a request in tokens or money: that is the gateway's matter"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("characters", "lines", "repeats", "invisible", "languages"));
    var languages = new LinkedHashSet<String>();
    for (YamlNode item : options.list("languages")) {
      languages.add(item.asOneOf(Languages.known(), "en"));
    }
    return new Limits(
        (int) options.integer("characters", Integer.MAX_VALUE, 1, Integer.MAX_VALUE),
        (int) options.integer("lines", Integer.MAX_VALUE, 1, Integer.MAX_VALUE),
        (int) options.integer("repeats", DEFAULT_RUN, 2, Integer.MAX_VALUE),
        (int) options.integer("invisible", 200, 0, Integer.MAX_VALUE),
        Set.copyOf(languages));
  }

  private record Limits(
      int characters, int lines, int repeats, int invisible, Set<String> languages)
      implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.INPUT, Stage.ANSWER);
    }

    @Override
    public List<Hit> input(Exchange exchange, Text message) {
      if (message.role() == Role.SYSTEM) {
        return List.of();
      }
      List<Hit> hits = lengths(message.text());
      if (message.role() == Role.USER) {
        language(message.text(), hits);
      }
      return hits;
    }

    @Override
    public List<Hit> answer(Exchange exchange, String answer) {
      List<Hit> hits = lengths(answer);
      language(answer, hits);
      return hits;
    }

    private void language(String text, List<Hit> hits) {
      String language = languages.isEmpty() ? null : Languages.clearlyOther(text, languages);
      if (language != null) {
        hits.add(hit(0, text.length(), "is in another language (" + language + ")"));
      }
    }

    private List<Hit> lengths(String text) {
      var hits = new ArrayList<Hit>();
      if (text.length() > characters) {
        hits.add(hit(characters, text.length(), "is longer than " + characters + " characters"));
      }
      int line = 1;
      int run = 0;
      int unseen = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        line += c == '\n' ? 1 : 0;
        run = i > 0 && c == text.charAt(i - 1) ? run + 1 : 1;
        unseen += Character.getType(c) == Character.FORMAT ? 1 : 0;
        if (c == '\n' && line == lines + 1) {
          hits.add(hit(i, text.length(), "has more than " + lines + " lines"));
        }
        if (run == repeats + 1) {
          hits.add(
              hit(i - repeats, i + 1, "repeats one character more than " + repeats + " times"));
        }
        if (unseen == invisible + 1) {
          hits.add(hit(i, i + 1, "has more than " + invisible + " invisible characters"));
          unseen = Integer.MIN_VALUE;
        }
      }
      return hits;
    }

    private static Hit hit(int start, int end, String why) {
      return new Hit(start, end, why, "[removed]");
    }
  }
}
