package dev.redoubt.app.report.internal;

import dev.redoubt.core.Evidence;
import java.util.List;

/** Shows text that an attacker or a model wrote: framed, named as a quotation, never a link. */
final class Quote {
  private static final int MAX_TURN = 4_000;

  private Quote() {}

  static void block(Html html, String text, int limit) {
    Excerpt.Cut cut = Excerpt.of(text, limit);
    if (text.isEmpty()) {
      html.element("p", "(empty)", "class", "fine");
      return;
    }
    // A tab stop makes the scrolled block reachable by keyboard.
    html.element("pre", cut.shown(), "class", "quote", "dir", "auto", "tabindex", "0");
    if (cut.left() > 0) {
      html.element("p", "Cut here: " + Excerpt.left(cut.left()) + ".", "class", "fine");
    }
  }

  static void transcript(Html html, Evidence.Transcript transcript, boolean open) {
    if (open) {
      html.open("details", "class", "transcript", "open", "open");
    } else {
      html.open("details", "class", "transcript");
    }
    html.open("summary").text(transcript.caption() + " ");
    html.element("code", transcript.attemptId()).close();
    turns(html, transcript.turns());
    html.closeLine();
  }

  static void turns(Html html, List<Evidence.Turn> turns) {
    for (Evidence.Turn turn : turns) {
      html.open("div", "class", "turn " + css(turn.role()));
      html.element("p", speaker(turn.role()), "class", "who");
      block(html, turn.text(), MAX_TURN);
      html.close();
    }
  }

  private static String speaker(String role) {
    return switch (role) {
      case "user" -> "Attacker";
      case "assistant" -> "Assistant";
      case "tool" -> "Tool";
      case "document" -> "Document";
      case "system" -> "System prompt";
      default -> Words.title(role);
    };
  }

  private static String css(String role) {
    return switch (role) {
      case "user", "document" -> "theirs";
      case "assistant" -> "ours";
      default -> "other";
    };
  }
}
