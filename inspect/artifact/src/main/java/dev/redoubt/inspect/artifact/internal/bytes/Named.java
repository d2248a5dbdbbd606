package dev.redoubt.inspect.artifact.internal.bytes;

import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.Texts;
import java.util.List;
import java.util.Locale;

/** Files that are named like a format and don't bear its mark. */
public final class Named {
  private static final List<String> OTHERS =
      List.of(
          "PK\u0003\u0004",
          "PK\u0005\u0006",
          "\u0089PNG",
          "\u00ff\u00d8\u00ff",
          "GIF8",
          "%PDF",
          "\u001f\u008b",
          "BZh",
          "\u00fd7zXZ",
          "(\u00b5/\u00fd",
          "7z\u00bc\u00af",
          "GGUF",
          "\u0089HDF",
          "\u0093NUMPY",
          "\u0080\u0002",
          "\u0080\u0003",
          "\u0080\u0004",
          "\u0080\u0005",
          "\u007fELF",
          "MZ",
          "\u00ac\u00ed");

  private Named() {}

  /**
   * Says whether a file has one of these endings, and its first bytes are neither text nor the mark
   * of another format: its own has been broken.
   */
  public static boolean broken(Head head, String name, String... endings) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : endings) {
      if (lower.endsWith(ending)) {
        return !Texts.looksLikeText(head) && OTHERS.stream().noneMatch(mark -> head.has(0, mark));
      }
    }
    return false;
  }
}
