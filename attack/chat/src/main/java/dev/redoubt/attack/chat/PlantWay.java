package dev.redoubt.attack.chat;

import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.GroundTruth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A way by which an outsider's text gets into what a system reads: a channel, and how the text is
 * hidden in the file that goes through it.
 *
 * @param channel one of {@link Plant#CHANNELS}
 * @param form how the text is written
 * @since 0.1.0
 */
public record PlantWay(String channel, Form form) {
  /** A ticket in plain words. */
  public static final PlantWay TICKET = new PlantWay(Plant.TICKET, Form.PLAIN);

  /** A mail in plain words. */
  static final PlantWay EMAIL = new PlantWay("email", Form.PLAIN);

  /** How a planted text is written. */
  public enum Form {
    /** As it is. */
    PLAIN("plain", "", ""),
    /** In a PDF, by text rendering mode 3: neither filled nor stroked. */
    PDF_INVISIBLE("pdf", "pdf", "PDF with invisible text"),
    /** In a PDF, white and one point high. */
    PDF_WHITE("pdf-white", "pdf", "PDF with tiny white text"),
    /** In a DOCX, as a run with the property {@code vanish}. */
    DOCX_HIDDEN("docx", "docx", "DOCX with hidden text"),
    /** In HTML, in an element that is not displayed. */
    HTML_STYLE("html", "html", "HTML with an element that is not displayed"),
    /** In HTML, in a comment. */
    HTML_COMMENT("html-comment", "html", "HTML with a comment"),
    /** In HTML, as the text of an image of one pixel. */
    HTML_ALT("html-alt", "html", "HTML with the text of an image");

    private final String id;
    private final String ending;
    private final String words;

    Form(String id, String ending, String words) {
      this.id = id;
      this.ending = ending;
      this.words = words;
    }

    /** Stable id, as tapes keep it. */
    public String id() {
      return id;
    }

    /** Ending of its files; empty for plain text. */
    String ending() {
      return ending;
    }

    static Form of(String id) {
      for (Form form : values()) {
        if (form.id.equals(id)) {
          return form;
        }
      }
      return PLAIN;
    }

    private static List<Form> endingIn(String ending) {
      String known = ending.equals("htm") ? "html" : ending;
      List<Form> forms =
          List.of(values()).stream()
              .filter(f -> !f.ending.isEmpty() && (f.ending.equals(known) || known.isEmpty()))
              .toList();
      return forms.isEmpty() ? List.of(PLAIN) : forms;
    }
  }

  /** Every way that a description opens, in its order. */
  static List<PlantWay> of(GroundTruth truth) {
    var ways = new ArrayList<PlantWay>();
    for (Plant plant : truth.plants()) {
      forms(plant).forEach(form -> ways.add(new PlantWay(plant.channel(), form)));
    }
    return ways;
  }

  private static List<Form> forms(Plant plant) {
    if (plant.served()) {
      return Form.endingIn("html");
    }
    return plant.parts().stream()
        .filter(part -> part.value().contains("{{text}}"))
        .flatMap(part -> Optional.ofNullable(part.file()).stream())
        .findFirst()
        .map(file -> Form.endingIn(ending(file)))
        .orElse(List.of(Form.PLAIN));
  }

  /** Ending of a file name; empty where it stands for any. */
  private static String ending(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ending.equals("{{format}}") ? "" : ending;
  }

  /** Short name for lists, such as {@code upload (PDF with invisible text)}. */
  public String words() {
    String name =
        switch (channel) {
          case Plant.PAGE -> "web page";
          case "email" -> "e-mail";
          case "tool-result" -> "tool result";
          default -> channel;
        };
    return form.words.isEmpty() ? name : name + " (" + form.words + ")";
  }
}
