package dev.redoubt.inspect.artifact.internal.nativecode;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells programs by their headers, strictly enough that no weights look like one by chance. */
final class Program {
  /** So many bytes are enough to tell, apart from a Windows program whose header is further on. */
  static final int HEAD = 64;

  private static final int PE_FROM = 0x3c;

  private Program() {}

  /** Names what starts at an index; null where it is no program. */
  static @Nullable String at(byte[] b, int i) {
    if (i + HEAD > b.length) {
      return null;
    }
    return switch (b[i] & 0xff) {
      case 0x7f -> elf(b, i);
      case 'M' -> windows(b, i);
      case 0xce, 0xcf, 0xfe -> mach(b, i);
      case 0xca -> fatOrClass(b, i);
      case 'd' -> text(b, i, "dex\n0") && b[i + 7] == 0 ? "an Android program" : null;
      case 0 ->
          text(b, i, "\0asm") && b[i + 4] == 1 && b[i + 5] == 0 ? "a WebAssembly module" : null;
      default -> null;
    };
  }

  private static boolean text(byte[] b, int i, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    return java.util.Arrays.equals(b, i, i + bytes.length, bytes, 0, bytes.length);
  }

  /** ELF: class, byte order, version, type, machine and the sizes of the header's own parts. */
  private static @Nullable String elf(byte[] b, int i) {
    if (!text(b, i, "\u007fELF") || b[i + 6] != 1) {
      return null;
    }
    boolean wide = b[i + 4] == 2;
    boolean big = b[i + 5] == 2;
    if ((!wide && b[i + 4] != 1) || (!big && b[i + 5] != 1)) {
      return null;
    }
    int type = u2(b, i + 16, big);
    boolean sized = u2(b, i + (wide ? 52 : 40), big) == (wide ? 64 : 52);
    return type >= 1 && type <= 4 && sized
        ? type == 3 ? "an ELF library or program" : "an ELF program"
        : null;
  }

  private static int u2(byte[] b, int i, boolean big) {
    int first = b[i] & 0xff;
    int second = b[i + 1] & 0xff;
    return big ? first << 8 | second : second << 8 | first;
  }

  private static @Nullable String windows(byte[] b, int i) {
    if (text(b, i, "MZqFpD='")) {
      return "a program that runs on several systems (APE), as a llamafile is";
    }
    if (b[i + 1] != 'Z') {
      return null;
    }
    long header = u2(b, i + PE_FROM, false) | (long) u2(b, i + PE_FROM + 2, false) << 16;
    if (header < HEAD || header > 4096 || i + header + 24 > b.length) {
      return null;
    }
    int pe = (int) (i + header);
    if (!text(b, pe, "PE\0\0")) {
      return null;
    }
    int machine = u2(b, pe + 4, false);
    boolean known =
        machine == 0x14c
            || machine == 0x8664
            || machine == 0x1c0
            || machine == 0x1c4
            || machine == 0xaa64
            || machine == 0x200;
    int optional = u2(b, pe + 20, false);
    return known && optional >= 0x60 && optional <= 0x200 ? "a Windows program or library" : null;
  }

  private static @Nullable String mach(byte[] b, int i) {
    boolean big = b[i] == (byte) 0xfe;
    boolean magic =
        big
            ? text(b, i, "\u00fe\u00ed\u00fa") && (b[i + 3] & 0xfe) == 0xce
            : text(b, i + 1, "\u00fa\u00ed\u00fe");
    int cpu = u2(b, i + (big ? 6 : 4), big);
    int type = u2(b, i + (big ? 14 : 12), big);
    boolean known = cpu == 7 || cpu == 12 || cpu == 18;
    return magic && known && type >= 1 && type <= 12 ? "a Mach-O program or library" : null;
  }

  /**
   * The two share their magic number; a class has a version of 45 or more where the other counts.
   */
  private static @Nullable String fatOrClass(byte[] b, int i) {
    if (!text(b, i, "\u00ca\u00fe\u00ba\u00be") || (b[i + 4] != 0 && (b[i + 4] & 0xff) != 0xff)) {
      return null;
    }
    int version = u2(b, i + 6, true);
    if (version >= 45) {
      return version < 100 && u2(b, i + 8, true) > 1 ? "a Java class" : null;
    }
    return version > 0 && u2(b, i + 4, true) == 0 ? "a Mach-O program of several kinds" : null;
  }
}
