package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Sees over the turns of a conversation that somebody comes back, again and again, to a no. */
@AutoService(Scanner.class)
public final class Escalation implements Scanner {
  /** Turns further back are forgotten. */
  private static final int MOST_TURNS = 24;

  /** Characters of a turn that are compared. */
  private static final int LONGEST = 4_000;

  /** How much of the words of one turn must stand in another for it to be the same wish. */
  private static final double SAME = 0.4;

  /** Fewer words than this say too little to be compared. */
  private static final int FEWEST = 3;

  private static final int REFUSAL_HEAD = 240;

  /**
   * How assistants say no, in seven languages; "can't find your order" is not one, so the verb
   * after it counts.
   */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "\\b(?:can(?:'|no)?t|can not|won't|will not|unable to|not able to|not allowed to|must"
              + " not|not permitted"
              + " to)\\b[^.!?\\n]{0,24}?\\b(?:help|assist|share|provide|give|disclose|reveal|discuss|comply|do"
              + " that|do this|tell|show|support|fulfil+|continue)\\b|\\bagainst (?:my|our)"
              + " (?:guidelines|polic(?:y|ies)|rules)\\b|\\bi must"
              + " decline\\b|\\b(?:kann|darf|werde)"
              + " (?:ich|wir|dir|ihnen)\\b[^.!?\\n]{0,40}?\\bnicht\\b"
              + "[^.!?\\n]{0,24}?\\b(?:helfen|geben|teilen|nennen|verraten|zeigen|sagen)\\b|\\bno"
              + " (?:puedo|podemos)\\b[^.!?\\n]{0,24}?\\b(?:ayudar|compartir|dar|revelar|mostrar|proporcionar|decir)|\\bne"
              + " (?:peux|pouvons|puis) pas\\b[^.!?\\n]{0,24}?\\b(?:aider|partager|donner|révéler"
              + "|montrer|fournir|dire)\\b|\\bn[ãa]o"
              + " (?:posso|podemos)\\b[^.!?\\n]{0,24}?\\b(?:ajudar|compartilhar|partilhar|dar"
              + "|revelar|mostrar|fornecer|dizer)\\b|\\bnon"
              + " (?:posso|possiamo)\\b[^.!?\\n]{0,24}?\\b(?:aiutar|condividere|dare|rivelare"
              + "|mostrare|fornire|dire)|\\bkan"
              + " (?:ik|jeg|jag)\\b[^.!?\\n]{0,24}?\\b(?:niet|ikke|inte)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** What stands in every request and says nothing about which one it is. */
  private static final Set<String> COMMON =
      Set.of(
          "please", "could", "would", "should", "about", "what", "when", "where", "which", "with",
          "that", "this", "there", "they", "them", "then", "than", "have", "from", "your", "yours",
          "tell", "just", "like", "want", "need", "know", "give", "show", "some", "into", "only",
          "really", "again", "help", "does", "will", "also", "were", "been", "more", "bitte",
          "kannst", "können", "nicht", "eine", "einen", "dass", "mich", "para", "pero", "como",
          "puede", "favor", "pour", "avec", "vous", "mais", "dans", "être");

  @Override
  public String name() {
    return "escalation";
  }

  @Override
  public String title() {
    return "A user who comes back, over the turns of a conversation, to what was refused";
  }

  @Override
  public String explanation() {
    return """
    Option: attempts (default 3), how many earlier turns must have been refused. It fires on a
    turn when so many earlier ones got a no, and this one asks for the same in other words: it
    shares two fifths of its words with one of them, or of their words with it. It reads the
    conversation as the client sends it, the last 24 turns. It knows a no by how assistants say
    it in English, German, Spanish, French, Portuguese, Italian, Dutch and Scandinavian
    languages. It does not see an attack that is never refused on its way, one whose turns share
    no words, or one that is spread over conversations.\
    """;
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.of("a conversation whose every turn looks harmless and that is never refused"),
        Limit.of("refusals in other words than those that are known"),
        Limit.of("what was said in an earlier conversation"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.LOG, Action.ASK, Action.BLOCK);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("attempts"));
    return new Turns((int) options.integer("attempts", 3, 2, MOST_TURNS));
  }

  private record Turns(int attempts) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.INPUT);
    }

    @Override
    public List<Hit> input(Exchange exchange, Text message) {
      if (message.role() != Role.USER || message.text().isBlank()) {
        return List.of();
      }
      Set<String> now = words(message.text());
      List<Set<String>> refused = refused(exchange);
      if (refused.size() < attempts || now.size() < FEWEST) {
        return List.of();
      }
      long same = refused.stream().filter(then -> shares(now, then)).count();
      return same == 0
          ? List.of()
          : List.of(
              new Hit(
                  0,
                  message.text().length(),
                  refused.size()
                      + " turns of this conversation were refused, and this one asks"
                      + " for the same as "
                      + same
                      + " of them",
                  "[withheld]"));
    }

    /** The words of each of the user's turns that got a no for an answer. */
    private static List<Set<String>> refused(Exchange exchange) {
      var refused = new ArrayList<Set<String>>();
      String asked = "";
      for (Text text : lastTurns(exchange.texts())) {
        if (text.role() == Role.USER) {
          asked = text.text();
        } else if (text.role() == Role.ANSWER && !asked.isEmpty()) {
          String head = text.text().substring(0, Math.min(REFUSAL_HEAD, text.text().length()));
          if (REFUSAL.matcher(head.replace('’', '\'')).find()) {
            refused.add(words(asked));
          }
          asked = "";
        }
      }
      return refused;
    }

    private static List<Text> lastTurns(List<Text> texts) {
      int users = 0;
      int from = texts.size();
      while (from > 0 && users < MOST_TURNS) {
        from--;
        users += texts.get(from).role() == Role.USER ? 1 : 0;
      }
      return texts.subList(from, texts.size());
    }

    private static boolean shares(Set<String> now, Set<String> then) {
      if (then.size() < FEWEST) {
        return false;
      }
      long both = now.stream().filter(then::contains).count();
      return both >= FEWEST - 1 && both >= SAME * Math.min(now.size(), then.size());
    }

    /** Words that say something, by their first letters, so that endings do not matter. */
    private static Set<String> words(String text) {
      String folded = Plain.fold(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
      var words = new HashSet<String>();
      for (String word : folded.split("[^\\p{L}\\p{N}]+", -1)) {
        if (word.length() >= 4 && !COMMON.contains(word)) {
          words.add(word.substring(0, Math.min(6, word.length())));
        }
      }
      return words;
    }
  }
}
