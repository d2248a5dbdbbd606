package dev.redoubt.runtime.embed;

import java.io.InputStream;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokenizer of uncased BERT models: clean, lower-case, strip accents, split at white space and
 * punctuation, then cut each word greedily into the longest pieces of the vocabulary (Devlin et
 * al., BERT, 2018; the steps are those of the {@code tokenizer.json} beside the model).
 *
 * <p>The names of special tokens in a text are text: {@code [SEP]} gives a bracket, a word and a
 * bracket, whoever wrote it.
 */
final class WordPiece {
  private static final int LONGEST_WORD = 100;

  private final Map<String, Integer> vocabulary;
  private final int unknown;
  final int first;
  final int last;

  private WordPiece(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
    this.unknown = id("[UNK]");
    this.first = id("[CLS]");
    this.last = id("[SEP]");
  }

  /** Reads the vocabulary out of a {@code tokenizer.json}. */
  static WordPiece read(InputStream tokenizerJson) {
    var vocabulary = new HashMap<String, Integer>(1 << 16);
    var root = JsonMapper.shared().readTree(tokenizerJson);
    for (var entry : root.path("model").path("vocab").properties()) {
      vocabulary.put(entry.getKey(), entry.getValue().asInt());
    }
    return new WordPiece(vocabulary);
  }

  private int id(String token) {
    var id = vocabulary.get(token);
    if (id == null) {
      throw new EmbedderException("The tokenizer's vocabulary lacks " + token);
    }
    return id;
  }

  /**
   * Token ids of a text, without the special ones.
   *
   * @param text the text
   * @param most most tokens wanted
   */
  int[] encode(String text, int most) {
    var ids = new Ids(most);
    var words = Normalizer.normalize(clean(text), Normalizer.Form.NFD);
    var word = new StringBuilder();
    for (int i = 0; i < words.length() && !ids.full(); ) {
      int c = words.codePointAt(i);
      i += Character.charCount(c);
      if (Character.getType(c) == Character.NON_SPACING_MARK) {
        continue;
      }
      if (c == ' ') {
        flush(word, ids);
      } else if (isPunctuation(c) || isIdeograph(c)) {
        flush(word, ids);
        word.appendCodePoint(Character.toLowerCase(c));
        flush(word, ids);
      } else {
        word.appendCodePoint(Character.toLowerCase(c));
      }
    }
    flush(word, ids);
    return ids.toArray();
  }

  private void flush(StringBuilder word, Ids ids) {
    if (word.isEmpty()) {
      return;
    }
    int start = ids.size;
    int from = 0;
    if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
      ids.add(unknown);
      word.setLength(0);
      return;
    }
    while (from < word.length()) {
      int to = word.length();
      Integer id = null;
      while (to > from) {
        id = vocabulary.get((from == 0 ? "" : "##") + word.substring(from, to));
        if (id != null) {
          break;
        }
        to--;
      }
      if (id == null) {
        // One piece unknown makes the whole word unknown.
        ids.size = start;
        ids.add(unknown);
        break;
      }
      ids.add(id);
      from = to;
    }
    word.setLength(0);
  }

  private static String clean(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\t' || c == '\n' || c == '\r' || isSpace(c)) {
            out.append(' ');
          } else if (c != 0xFFFD && !isOther(c)) {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static boolean isSpace(int c) {
    int type = Character.getType(c);
    return type == Character.SPACE_SEPARATOR
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static boolean isOther(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static boolean isPunctuation(int c) {
    if (c < 128) {
      return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isIdeograph(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B73F)
        || (c >= 0x2B740 && c <= 0x2B81F)
        || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }

  /** A list of ints that takes no more than it was made for. */
  private static final class Ids {
    private final int most;
    private int[] values = new int[64];
    private int size;

    Ids(int most) {
      this.most = most;
    }

    boolean full() {
      return size >= most;
    }

    void add(int id) {
      if (size == values.length) {
        values = java.util.Arrays.copyOf(values, size * 2);
      }
      values[size++] = id;
    }

    int[] toArray() {
      return java.util.Arrays.copyOf(values, Math.min(size, most));
    }
  }
}
