package dev.redoubt.attack.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType3Font;

/**
 * A font whose letters have no shape, and which says what each stands for: any text of up to
 * {@value #MOST} different characters, in whatever script, can be hidden with it. A Type 3 font
 * with a {@code ToUnicode} map, ISO 32000-1, 9.6.5 and 9.10.3.
 */
final class ShapelessFont {
  /** Codes are single bytes, and 0 is none. */
  static final int MOST = 255;

  private static final int WIDTH = 500;

  private final Map<Integer, Integer> codes = new LinkedHashMap<>();

  /** Gives a character a code; false where there is none left. */
  boolean takes(int character) {
    if (codes.containsKey(character)) {
      return true;
    }
    return codes.size() < MOST && codes.put(character, codes.size() + 1) == null;
  }

  /** The bytes of a text whose characters it has taken. */
  byte[] encoded(String text) {
    int[] characters = text.codePoints().toArray();
    var bytes = new byte[characters.length];
    for (int i = 0; i < characters.length; i++) {
      Integer code = codes.get(characters[i]);
      if (code == null) {
        throw new IllegalArgumentException("no code for a character of the text");
      }
      bytes[i] = code.byteValue();
    }
    return bytes;
  }

  /** Makes the font, once all characters are taken. */
  PDType3Font in(PDDocument document) throws IOException {
    var font = new COSDictionary();
    font.setItem(COSName.TYPE, COSName.FONT);
    font.setItem(COSName.SUBTYPE, COSName.TYPE3);
    font.setItem(COSName.FONT_BBOX, numbers(0, 0, WIDTH, 1000));
    var matrix = new COSArray();
    for (float f : new float[] {0.001f, 0, 0, 0.001f, 0, 0}) {
      matrix.add(new COSFloat(f));
    }
    font.setItem(COSName.FONT_MATRIX, matrix);
    var shapes = new COSDictionary();
    var differences = new COSArray();
    var widths = new COSArray();
    differences.add(COSInteger.get(1));
    for (int code : codes.values()) {
      COSName name = COSName.getPDFName("g" + code);
      differences.add(name);
      widths.add(COSInteger.get(WIDTH));
      shapes.setItem(name, stream(document, WIDTH + " 0 d0"));
    }
    var encoding = new COSDictionary();
    encoding.setItem(COSName.TYPE, COSName.ENCODING);
    encoding.setItem(COSName.DIFFERENCES, differences);
    font.setItem(COSName.ENCODING, encoding);
    font.setItem(COSName.CHAR_PROCS, shapes);
    font.setItem(COSName.WIDTHS, widths);
    font.setInt(COSName.FIRST_CHAR, 1);
    font.setInt(COSName.LAST_CHAR, codes.size());
    font.setItem(COSName.RESOURCES, new COSDictionary());
    font.setItem(COSName.TO_UNICODE, stream(document, map()));
    return new PDType3Font(font);
  }

  private static COSArray numbers(int... all) {
    var array = new COSArray();
    for (int one : all) {
      array.add(COSInteger.get(one));
    }
    return array;
  }

  private static COSStream stream(PDDocument document, String text) throws IOException {
    COSStream stream = document.getDocument().createCOSStream();
    try (var out = stream.createOutputStream()) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return stream;
  }

  private String map() {
    var out = new StringBuilder();
    out.append("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n");
    out.append("/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n");
    out.append("1 begincodespacerange <00> <FF> endcodespacerange\n");
    codes.forEach((character, code) -> {
      out.append("1 beginbfchar <").append(String.format(Locale.ROOT, "%02X", code)).append("> <");
      for (char c : Character.toChars(character)) {
        out.append(String.format(Locale.ROOT, "%04X", (int) c));
      }
      out.append("> endbfchar\n");
    });
    return out.append("endcmap CMapName currentdict /CMap defineresource pop end end\n").toString();
  }
}
