package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a value that is spelled out: "capital K, seven, dash", "A as in Alpha", "Quebec Uniform",
 * "1: Q, 2: u", "maria at example dot com".
 */
final class SpelledDecoder implements Decoder {

  private enum Kind {
    /** A single letter or digit. */
    CHARACTER,
    /** A word that stands for a letter or digit. */
    NAMED,
    /** A word that stands for a symbol. */
    SYMBOL,
    /** A word that goes with spelling and stands for nothing. */
    FILLER,
    /** Any other word or number. */
    WORD
  }

  private record Atom(Kind kind, String text, int from, int to) {
    boolean spelled() {
      return kind == Kind.CHARACTER || kind == Kind.NAMED || kind == Kind.SYMBOL;
    }

    boolean character() {
      return kind == Kind.CHARACTER || kind == Kind.NAMED;
    }
  }

  @Override
  public boolean leaf() {
    return true;
  }

  @Override
  public void decode(MappedText text, Sink out) {
    List<Atom> atoms = dropExamples(atoms(text.text()), text.text());
    List<Atom> unnumbered = dropNumbering(atoms, text.text());
    List<Atom> kept = dropFillers(unnumbered, text.text());
    if (unnumbered.equals(atoms) && kept.stream().noneMatch(Atom::spelled)) {
      return;
    }
    MappedText.Builder spelled = text.derive();
    Atom before = null;
    for (Atom atom : kept) {
      if (before != null) {
        join(spelled, text.text(), before, atom);
      }
      spelled.add(atom.text(), atom.from(), atom.to());
      before = atom;
    }
    out.accept("spelled", spelled.build());
  }

  private static List<Atom> atoms(String text) {
    List<Atom> atoms = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      if (!Ascii.isLetterOrDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int from = i;
      while (i < text.length() && Ascii.isLetterOrDigit(text.charAt(i))) {
        i++;
      }
      if (i - from == 1 && text.regionMatches(true, from, "x-ray", 0, 5)) {
        i += 4;
        atoms.add(new Atom(Kind.NAMED, text.substring(from, from + 1), from, i));
        continue;
      }
      atoms.add(atom(text.substring(from, i), from, i));
    }
    return atoms;
  }

  private static Atom atom(String word, int from, int to) {
    if (word.length() == 1) {
      return new Atom(Kind.CHARACTER, word, from, to);
    }
    if (!SpellingWords.isAny(word)) {
      return new Atom(Kind.WORD, word, from, to);
    }
    String named = SpellingWords.named(word);
    if (named != null) {
      return new Atom(Kind.NAMED, named, from, to);
    }
    String symbol = SpellingWords.symbol(word);
    if (symbol != null) {
      return new Atom(Kind.SYMBOL, symbol, from, to);
    }
    return new Atom(SpellingWords.isFiller(word) ? Kind.FILLER : Kind.WORD, word, from, to);
  }

  /** Takes out the word of "A as in Alpha", "A for Alpha", "A (Alpha)", "A - Alpha". */
  private static List<Atom> dropExamples(List<Atom> atoms, String text) {
    List<Atom> kept = new ArrayList<>(atoms.size());
    for (int i = 0; i < atoms.size(); i++) {
      Atom atom = atoms.get(i);
      kept.add(atom);
      if (atom.kind() != Kind.CHARACTER) {
        continue;
      }
      int next = i + 1;
      while (next < atoms.size()
          && next - i <= 3
          && SpellingWords.isLikening(word(atoms, next, text))) {
        next++;
      }
      boolean likened = next > i + 1;
      if (next < atoms.size() && isExample(atom, atoms.get(next), likened, text)) {
        i = next;
      }
    }
    return kept;
  }

  private static String word(List<Atom> atoms, int index, String text) {
    Atom atom = atoms.get(index);
    return text.substring(atom.from(), atom.to());
  }

  private static boolean isExample(Atom letter, Atom word, boolean likened, String text) {
    int length = word.to() - word.from();
    if (length < 2
        || Character.toLowerCase(text.charAt(word.from()))
            != Character.toLowerCase(letter.text().charAt(0))) {
      // Digits are likened too: "7 as in seven".
      return likened && word.kind() == Kind.NAMED && word.text().equals(letter.text());
    }
    if (likened || (word.kind() == Kind.NAMED && word.text().equalsIgnoreCase(letter.text()))) {
      return true;
    }
    String gap = text.substring(letter.to(), word.from());
    return gap.length() <= 6 && gap.indexOf('(') >= 0;
  }

  /** Takes out the numbers of "1. Q 2. u 3. -", counted from 0 or 1. */
  private static List<Atom> dropNumbering(List<Atom> atoms, String text) {
    List<Atom> bare = new ArrayList<>(atoms.size());
    for (Atom atom : atoms) {
      if (atom.kind() != Kind.FILLER) {
        bare.add(atom);
      }
    }
    List<Atom> kept = new ArrayList<>(bare.size());
    int i = 0;
    while (i < bare.size()) {
      List<Integer> numbers = counted(bare, i, text);
      if (numbers.size() < 3) {
        kept.add(bare.get(i));
        i++;
        continue;
      }
      for (int k = 0; k < numbers.size(); k++) {
        int at = numbers.get(k);
        int next = at + 1 < bare.size() ? bare.get(at + 1).from() : text.length();
        int symbol = symbol(text, bare.get(at).to(), next);
        boolean last = k + 1 == numbers.size();
        boolean item = last ? symbol < 0 : numbers.get(k + 1) == at + 2;
        if (!item) {
          kept.add(new Atom(Kind.SYMBOL, text.substring(symbol, symbol + 1), symbol, symbol + 1));
        } else if (at + 1 < bare.size()) {
          kept.add(bare.get(at + 1));
        }
      }
      i =
          numbers.get(numbers.size() - 1)
              + (kept.get(kept.size() - 1).kind() == Kind.SYMBOL ? 1 : 2);
    }
    return kept.size() == bare.size() ? atoms : kept;
  }

  /** Indexes of the numbers that count up from an index on, each with one item or none after it. */
  private static List<Integer> counted(List<Atom> atoms, int from, String text) {
    int count = number(atoms.get(from));
    if (count != 0 && count != 1) {
      return List.of();
    }
    List<Integer> numbers = new ArrayList<>();
    int at = from;
    while (at < atoms.size()) {
      numbers.add(at);
      count++;
      // The symbol first: in "4. - 5. 5 6. m" the second 5 is an item, no number.
      if (at + 1 < atoms.size()
          && number(atoms.get(at + 1)) == count
          && symbol(text, atoms.get(at).to(), atoms.get(at + 1).from()) >= 0) {
        at += 1;
      } else if (at + 2 < atoms.size() && number(atoms.get(at + 2)) == count) {
        at += 2;
      } else {
        break;
      }
    }
    return numbers;
  }

  /**
   * Index of the symbol of "3. -", or of the blank after the number's mark where there is nothing
   * else; -1 when the number has no mark or an item of letters.
   */
  private static int symbol(String text, int from, int to) {
    if (from >= to || Ascii.isWhitespace(text.charAt(from))) {
      return -1;
    }
    int i = from;
    while (i < to && !Ascii.isWhitespace(text.charAt(i))) {
      i++;
    }
    int blank = i;
    while (i < to && Ascii.isWhitespace(text.charAt(i))) {
      i++;
    }
    if (i >= to) {
      return blank + 1 < to ? blank : -1;
    }
    boolean alone = i + 1 >= text.length() || !Ascii.isLetterOrDigit(text.charAt(i + 1));
    return alone ? i : -1;
  }

  private static int number(Atom atom) {
    String text = atom.text();
    if (atom.kind() == Kind.NAMED || text.length() > 3) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      if (!Ascii.isDigit(text.charAt(i))) {
        return -1;
      }
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }

  /** Takes out "capital", "the letter", "then" beside what is spelled. */
  private static List<Atom> dropFillers(List<Atom> atoms, String text) {
    List<Atom> kept = new ArrayList<>(atoms.size());
    for (int i = 0; i < atoms.size(); i++) {
      Atom atom = atoms.get(i);
      Atom next = i + 1 < atoms.size() ? atoms.get(i + 1) : null;
      if (atom.kind() == Kind.FILLER && (spells(atoms, i, -1) || spells(atoms, i, 1))) {
        continue;
      }
      if (atom.text().equals("a") && next != null && isArticle(atom, next, text)) {
        continue;
      }
      kept.add(atom);
    }
    return kept;
  }

  /** Tells the article of "a dash" from the letter of "a, dash". */
  private static boolean isArticle(Atom a, Atom next, String text) {
    return (next.kind() == Kind.SYMBOL || next.kind() == Kind.FILLER)
        && next.from() == a.to() + 1
        && text.charAt(a.to()) == ' ';
  }

  /** Says whether the next atom in a direction that is no filler is spelled; looks five far. */
  private static boolean spells(List<Atom> atoms, int from, int step) {
    for (int i = from + step, n = 0; i >= 0 && i < atoms.size() && n < 5; i += step, n++) {
      if (atoms.get(i).kind() != Kind.FILLER) {
        return atoms.get(i).spelled();
      }
    }
    return false;
  }

  /** Adds what stands between two atoms. */
  private static void join(MappedText.Builder out, String text, Atom a, Atom b) {
    String gap = gap(text, a, b);
    out.add(gap, a.to(), Math.max(a.to() + 1, b.from()));
  }

  private static String gap(String text, Atom a, Atom b) {
    if (a.kind() == Kind.SYMBOL || b.kind() == Kind.SYMBOL) {
      return "";
    }
    if (a.character() && b.character()) {
      String symbols = between(text, a, b, true);
      return symbols.isEmpty() ? " " : symbols;
    }
    if (a.spelled() || b.spelled()) {
      // Two blanks: another gap than between characters, so that the word after a value is no part.
      return "  ";
    }
    return between(text, a, b, false);
  }

  /** What is no letter or digit between two atoms; what was dropped there is gone. */
  private static String between(String text, Atom a, Atom b, boolean strongOnly) {
    StringBuilder symbols = new StringBuilder();
    int limit = Math.min(b.from(), a.to() + 32);
    for (int i = a.to(); i < limit; i++) {
      char c = text.charAt(i);
      boolean left = strongOnly && (Gap.isWeak(c) || Ascii.isWhitespace(c));
      if (!left && !Ascii.isLetterOrDigit(c)) {
        symbols.append(c);
      }
    }
    return symbols.toString();
  }
}
