package dev.redoubt.detect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text made from another, with the range of the original that each char came from.
 *
 * <p>Both arrays are null when the text is the original itself.
 */
final class MappedText {
  private final String text;
  private final int originalLength;
  private final int @Nullable [] starts;
  private final int @Nullable [] ends;

  /** Made when first asked for. */
  private @Nullable Skeleton skeleton;

  private int digits = -1;

  private MappedText(
      String text, int originalLength, int @Nullable [] starts, int @Nullable [] ends) {
    this.text = text;
    this.originalLength = originalLength;
    this.starts = starts;
    this.ends = ends;
  }

  static MappedText identity(String text) {
    return new MappedText(text, text.length(), null, null);
  }

  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  /** Its letters and digits; made once, since several look for things in them. */
  Skeleton skeleton() {
    Skeleton made = skeleton;
    if (made == null) {
      made = Skeleton.of(text);
      skeleton = made;
    }
    return made;
  }

  /** How many ASCII digits it holds, so that who reads numbers can see at once that few do. */
  int digits() {
    if (digits < 0) {
      int count = 0;
      for (int i = 0; i < text.length(); i++) {
        count += Ascii.isDigit(text.charAt(i)) ? 1 : 0;
      }
      digits = count;
    }
    return digits;
  }

  /** Index in the original of the first char that char {@code index} came from. */
  int start(int index) {
    if (starts == null) {
      return index;
    }
    return index >= starts.length ? originalLength : starts[index];
  }

  /** Index in the original after the last char that the char before {@code end} came from. */
  int end(int end) {
    if (ends == null) {
      return end;
    }
    return end <= 0 ? 0 : ends[end - 1];
  }

  /** The same chars from the last to the first. */
  MappedText reversed() {
    int n = text.length();
    int[] s = new int[n];
    int[] e = new int[n];
    char[] chars = new char[n];
    for (int i = 0; i < n; i++) {
      chars[i] = text.charAt(n - 1 - i);
      s[i] = start(n - 1 - i);
      e[i] = end(n - i);
    }
    return new MappedText(new String(chars), originalLength, s, e);
  }

  /** Other chars in the same places. */
  MappedText withChars(char[] chars) {
    if (chars.length != text.length()) {
      throw new IllegalArgumentException(chars.length + " chars for " + text.length());
    }
    return new MappedText(new String(chars), originalLength, starts, ends);
  }

  /** Collects a text that is made from this one. */
  Builder derive() {
    return derive(text.length());
  }

  /** Collects a text of about so many chars that is made from this one. */
  Builder derive(int expected) {
    return new Builder(this, Math.min(expected + 16, 1 << 16));
  }

  /** Collects chars with the range of the parent that each came from. */
  static final class Builder {
    private final MappedText parent;
    private final StringBuilder out;
    private int[] starts;
    private int[] ends;

    private Builder(MappedText parent, int capacity) {
      this.parent = parent;
      this.out = new StringBuilder(capacity);
      this.starts = new int[capacity];
      this.ends = new int[capacity];
    }

    /** Adds a char made from the parent's chars {@code from} to {@code to}. */
    Builder add(char c, int from, int to) {
      int n = out.length();
      if (n == starts.length) {
        starts = Arrays.copyOf(starts, n * 2);
        ends = Arrays.copyOf(ends, n * 2);
      }
      // In a reversed parent the first char comes from the end of the original.
      int a = parent.start(from);
      int b = parent.start(Math.max(from, to - 1));
      int c1 = parent.end(from + 1);
      int d = parent.end(Math.max(from + 1, to));
      starts[n] = Math.min(a, b);
      ends[n] = Math.max(c1, d);
      out.append(c);
      return this;
    }

    Builder add(CharSequence chars, int from, int to) {
      for (int i = 0; i < chars.length(); i++) {
        add(chars.charAt(i), from, to);
      }
      return this;
    }

    int length() {
      return out.length();
    }

    MappedText build() {
      int n = out.length();
      return new MappedText(
          out.toString(), parent.originalLength, Arrays.copyOf(starts, n), Arrays.copyOf(ends, n));
    }
  }
}
