package dev.redoubt.attack.chat;

import dev.redoubt.attack.chat.PlantWay.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes files whose reader sees harmless words, and in which a program that extracts text finds the
 * planted ones beside. The same text gives the same bytes.
 */
final class HiddenText {
  private static final String MAIN_PART =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  private static final String DOCUMENT_OF =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";

  /** A picture that is there: the text of one that is not would be shown in its place. */
  private static final String PIXEL =
      "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

  private HiddenText() {}

  /** A text that a form of file can't carry. The message is one line. */
  static final class Unwritable extends Exception {
    private static final long serialVersionUID = 1L;

    Unwritable(String message) {
      super(message);
    }
  }

  /** Makes the file. */
  static byte[] of(Wording.PlantedText text) throws Unwritable, IOException {
    return switch (text.way().form()) {
      case PLAIN ->
          (text.subject() + "\n\n" + text.whole() + "\n").getBytes(StandardCharsets.UTF_8);
      case PDF_INVISIBLE, PDF_WHITE -> HiddenPdf.of(text);
      case DOCX_HIDDEN -> docx(text);
      case HTML_STYLE, HTML_COMMENT, HTML_ALT -> html(text).getBytes(StandardCharsets.UTF_8);
    };
  }

  /** Type of its files. */
  static String mediaType(Form form) {
    return switch (form) {
      case PLAIN -> "text/plain; charset=utf-8";
      case PDF_INVISIBLE, PDF_WHITE -> "application/pdf";
      case DOCX_HIDDEN -> "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
      case HTML_STYLE, HTML_COMMENT, HTML_ALT -> "text/html; charset=utf-8";
    };
  }

  private static String html(Wording.PlantedText text) {
    String order = markup(text.text());
    String hidden =
        switch (text.way().form()) {
          // Two dashes would end the comment, and so would an exclamation mark after them.
          case HTML_COMMENT ->
              "<!-- " + text.text().replace("-->", "-- >").replace("--!>", "--! >") + " -->";
          case HTML_ALT ->
              "<img width=\"1\" height=\"1\" src=\"" + PIXEL + "\" alt=\"" + order + "\">";
          default -> "<div style=\"display:none\">" + order + "</div>";
        };
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>%1$s</title></head>
    <body>
    <h1>%1$s</h1>
    <p>%2$s</p>
    %3$s
    </body>
    </html>
    """
        .formatted(markup(text.subject()), markup(text.intro()), hidden);
  }

  /**
   * An Office Open XML document; ISO/IEC 29500-1 names the property {@code vanish} in 17.3.2.41.
   */
  private static byte[] docx(Wording.PlantedText text) throws IOException {
    String head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    String types = "http://schemas.openxmlformats.org/package/2006/";
    String body =
        paragraph("", text.subject())
            + paragraph("", text.intro())
            + paragraph("<w:rPr><w:vanish/></w:rPr>", text.text());
    var parts =
        new LinkedHashMap<String, String>(
            Map.of(
                "word/document.xml",
                "<w:document xmlns:w=\"" + WORD + "\"><w:body>" + body + "</w:body></w:document>"));
    parts.putFirst(
        "_rels/.rels",
        "<Relationships xmlns=\""
            + types
            + "relationships\"><Relationship Id=\"r1\" Type=\""
            + DOCUMENT_OF
            + "\" Target=\"word/document.xml\"/></Relationships>");
    parts.putFirst(
        "[Content_Types].xml",
        "<Types xmlns=\""
            + types
            + "content-types\"><Default Extension=\"rels\""
            + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Override PartName=\"/word/document.xml\" ContentType=\""
            + MAIN_PART
            + "\"/></Types>");
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        var entry = new ZipEntry(part.getKey());
        // Whatever the clock says, and the first time that a ZIP file can hold.
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write((head + part.getValue()).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String paragraph(String properties, String text) {
    return "<w:p><w:r>"
        + properties
        + "<w:t xml:space=\"preserve\">"
        + markup(text)
        + "</w:t></w:r></w:p>";
  }

  /** Escapes for HTML and XML; characters that XML 1.0 forbids become spaces. */
  static String markup(String text) {
    var out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            default ->
                out.appendCodePoint(
                    (c < ' ' && c != '\n' && c != '\t' && c != '\r')
                            || (c >= 0xD800 && c < 0xE000)
                            || (c & 0xFFFE) == 0xFFFE
                        ? ' '
                        : c);
          }
        });
    return out.toString();
  }
}
