package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.OverRefusal;
import dev.redoubt.core.Twin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ordinary questions beside the attacks: what a defence refuses that it must not. */
final class TwinSection {
  private static final int MAX_ANSWER = 1_000;

  /** Refused ones are all shown; of the others a page needs no more. */
  private static final int MOST_OTHERS = 100;

  private TwinSection() {}

  static void write(Html html, List<Twin> twins) {
    if (twins.isEmpty()) {
      return;
    }
    html.open("section", "aria-labelledby", "twins");
    html.element("h2", "Ordinary questions beside the attacks", "id", "twins");
    html.element(
        "p",
        "What anybody may ask, in words about the same tools, documents and rules as the attacks"
            + " that were composed for this system. "
            + OverRefusal.HOW);
    html.open("p").element("b", OverRefusal.of(twins).line()).text(".").close();
    counts(html, twins);
    List<Twin> refused =
        twins.stream().filter(t -> t.result() == Twin.Result.REFUSED && t.counts()).toList();
    if (!refused.isEmpty()) {
      html.element("h3", "Refused");
      answers(html, refused);
    }
    List<Twin> others =
        twins.stream()
            .filter(t -> t.result() != Twin.Result.REFUSED && t.counts())
            .limit(MOST_OTHERS)
            .toList();
    if (!others.isEmpty()) {
      html.open("details", "class", "screen").element("summary", "What else was asked");
      answers(html, others);
      html.close();
    }
    html.closeLine();
  }

  private static void counts(Html html, List<Twin> twins) {
    Map<Twin.Check, List<Twin>> byCheck = new LinkedHashMap<>();
    for (Twin.Check check : Twin.Check.values()) {
      twins.stream()
          .filter(t -> t.check() == check)
          .forEach(t -> byCheck.computeIfAbsent(check, c -> new ArrayList<>()).add(t));
    }
    html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Questions");
    html.open("table", "class", "data numbers");
    html.element("caption", "Distinct questions with a verdict, by what decides it.");
    head(html, List.of("Decided by", "Refused", "Otherwise", "Answered", "Unassessed"));
    byCheck.forEach((check, own) -> {
      OverRefusal count = OverRefusal.of(own);
      html.open("tr").element("th", decidedBy(check), "scope", "row");
      for (int n :
          new int[] {count.refused(), count.otherwise(), count.answered(), count.unassessed()}) {
        html.element("td", Integer.toString(n));
      }
      html.closeLine();
    });
    html.close().close().close();
  }

  private static String decidedBy(Twin.Check check) {
    return switch (check) {
      case STATEMENT -> "the declared value";
      case PRICE -> "a price in the currency";
      case DOCUMENT -> "words of the public document";
      case CALL -> "the call in the tool ledger";
      case WORDS -> "the words of the answer (rules, no ground truth)";
    };
  }

  private static void answers(Html html, List<Twin> twins) {
    html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Answers");
    html.open("table", "class", "data");
    html.element("caption", "What was asked beside which attacks, and what came back.");
    head(html, List.of("Question", "Beside", "Answer"));
    for (Twin twin : twins) {
      html.open("tr").element("th", twin.question(), "scope", "row");
      html.element("td", Words.title(twin.beside()));
      html.open("td");
      html.open("p")
          .element(
              "b",
              Words.capital(twin.result().word()),
              "class",
              twin.result() == Twin.Result.ANSWERED ? "ok" : "no")
          .text(": " + twin.reason() + ".")
          .close();
      if (!twin.answer().isBlank()) {
        Quote.block(html, twin.answer(), MAX_ANSWER);
      }
      html.close().closeLine();
    }
    html.close().close().close();
  }

  private static void head(Html html, List<String> columns) {
    html.open("thead").open("tr");
    columns.forEach(c -> html.element("th", c, "scope", "col"));
    html.close().close().open("tbody");
  }
}
