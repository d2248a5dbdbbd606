package dev.redoubt.attack.chat;

import dev.redoubt.core.GroundTruth.Page;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import tools.jackson.databind.json.JsonMapper;

/** The page that a run makes around an answer. */
final class AnswerHtml {
  private AnswerHtml() {}

  /** Puts an answer into a page as an application does. */
  static String of(Page.Insert insert, String answer) {
    String head =
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>Answer</title></head><body>";
    String end = "</body></html>";
    return switch (insert) {
      case HTML -> head + "<div>" + answer + "</div>" + end;
      case INNER_HTML -> head + set("innerHTML", answer) + end;
      case MARKDOWN ->
          head
              + set(
                  "innerHTML",
                  HtmlRenderer.builder().build().render(Parser.builder().build().parse(answer)))
              + end;
      case TEXT -> head + set("textContent", answer) + end;
    };
  }

  private static String set(String property, String text) {
    // An angle bracket could end the script that hands the text over.
    String quoted = JsonMapper.shared().writeValueAsString(text).replace("<", "\\u003c");
    return "<div id=\"answer\"></div><script>document.getElementById('answer')."
        + property
        + " = "
        + quoted.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        + ";</script>";
  }
}
