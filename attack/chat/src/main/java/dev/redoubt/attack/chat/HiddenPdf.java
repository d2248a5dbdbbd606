package dev.redoubt.attack.chat;

import dev.redoubt.attack.chat.HiddenText.Unwritable;
import dev.redoubt.attack.chat.PlantWay.Form;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/**
 * Makes a PDF with a text that a reader does not see: by text rendering mode 3 (ISO 32000-1, 9.3.6)
 * or white and tiny; in a {@link ShapelessFont} where the usual font lacks a letter.
 */
final class HiddenPdf {
  /** The font that PDFBox brings: Latin, Greek, Cyrillic. */
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private static final float MARGIN = 56;
  private static final float TITLE = 16;
  private static final float TEXT = 11;
  private static final float TINY = 1;
  private static final float LINE = 1.4f;

  private final PDDocument document;
  private final PDFont font;
  private RenderingMode mode = RenderingMode.FILL;
  private PDPage sheet;
  private PDPageContentStream page;
  private float y;

  private HiddenPdf(PDDocument document) throws IOException {
    this.document = document;
    try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
      if (in == null) {
        throw new IOException("the font of PDFBox is not there");
      }
      this.font = PDType0Font.load(document, in, true);
    }
    this.sheet = newSheet();
    this.page = new PDPageContentStream(document, sheet);
  }

  static byte[] of(Wording.PlantedText text) throws Unwritable, IOException {
    try (var document = new PDDocument()) {
      // Else the clock gives it.
      document.setDocumentId(1L);
      var pdf = new HiddenPdf(document);
      pdf.write(text.subject(), TITLE);
      pdf.write(text.intro(), TEXT);
      pdf.hide(text.text(), text.way().form());
      var bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private PDPage newSheet() {
    var next = new PDPage(PDRectangle.A4);
    document.addPage(next);
    y = PDRectangle.A4.getHeight() - MARGIN;
    return next;
  }

  private void hide(String text, Form form) throws Unwritable, IOException {
    if (text.codePoints().anyMatch(c -> c >= ' ' && !hasShape(c))) {
      page.close();
      writeShapeless(text);
      return;
    }
    if (form == Form.PDF_WHITE) {
      page.setNonStrokingColor(Color.WHITE);
      write(text, TINY);
    } else {
      mode = RenderingMode.NEITHER;
      write(text, TEXT);
    }
    page.close();
  }

  private boolean hasShape(int character) {
    try {
      font.encode(Character.toString(character));
      return true;
    } catch (IllegalArgumentException | IOException noGlyph) {
      return false;
    }
  }

  private void write(String text, float size) throws Unwritable, IOException {
    for (String line : lines(text, size)) {
      y -= size * LINE;
      if (y < MARGIN) {
        page.close();
        sheet = newSheet();
        page = new PDPageContentStream(document, sheet);
        y -= size * LINE;
      }
      page.beginText();
      page.setFont(font, size);
      page.setRenderingMode(mode);
      page.newLineAtOffset(MARGIN, y);
      page.showText(line);
      page.endText();
    }
  }

  /** Writes below what is there, off the sheet where there is no room: nobody sees it anyway. */
  private void writeShapeless(String text) throws Unwritable, IOException {
    var shapeless = new ShapelessFont();
    String line = text.replaceAll("\\p{Cntrl}", " ");
    if (!line.codePoints().allMatch(shapeless::takes)) {
      throw new Unwritable(
          "a PDF can't carry a text of more than "
              + ShapelessFont.MOST
              + " different characters, some of them in other scripts than Latin, Greek, Cyrillic");
    }
    String name = sheet.getResources().add(shapeless.in(document)).getName();
    String commands =
        String.format(
            Locale.ROOT,
            "BT /%s %.1f Tf 1 0 0 1 %.1f %.1f Tm <%s> Tj ET\n",
            name,
            TINY,
            MARGIN,
            y - TEXT,
            HexFormat.of().formatHex(shapeless.encoded(line)));
    var contents = new ArrayList<PDStream>();
    sheet.getContentStreams().forEachRemaining(contents::add);
    contents.add(
        new PDStream(
            document, new ByteArrayInputStream(commands.getBytes(StandardCharsets.US_ASCII))));
    sheet.setContents(contents);
  }

  /** Breaks at spaces; a word is never broken, since a marker must stay whole. */
  private List<String> lines(String text, float size) throws Unwritable, IOException {
    float room = (PDRectangle.A4.getWidth() - 2 * MARGIN) * 1000 / size;
    var lines = new ArrayList<String>();
    for (String paragraph : text.split("\\R", -1)) {
      var line = new StringBuilder();
      float used = 0;
      for (String word : paragraph.replaceAll("\\p{Cntrl}", " ").split(" ", -1)) {
        float width = width(line.isEmpty() ? word : " " + word);
        if (!line.isEmpty() && used + width > room) {
          lines.add(line.toString());
          line.setLength(0);
          used = 0;
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
        used += width;
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private float width(String word) throws Unwritable, IOException {
    try {
      return font.getStringWidth(word);
    } catch (IllegalArgumentException noGlyph) {
      throw new Unwritable(
          "a PDF can't show its subject or its first words ("
              + noGlyph.getMessage()
              + "): its font has Latin, Greek and Cyrillic letters");
    }
  }
}
