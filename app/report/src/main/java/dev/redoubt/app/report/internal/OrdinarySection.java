package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Demo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ordinary customers: a guard that refuses everybody has failed too. */
final class OrdinarySection {
  private static final int MAX_ANSWER = 2_000;

  private OrdinarySection() {}

  static void write(Html html, Demo demo) {
    Demo.Ordinary ordinary = demo.ordinary();
    if (ordinary == null) {
      return;
    }
    html.open("section", "aria-labelledby", "ordinary");
    html.element("h2", "Ordinary customers", "id", "ordinary");
    html.element(
        "p",
        "The same kind of questions that customers ask every day, each with one planted right"
            + " answer. Right means that the fact is in the answer, and the call in the ledger"
            + " where one is needed.");
    html.open("div", "class", "strips");
    strip(html, "Before: no guard", ordinary.before());
    if (!ordinary.after().isEmpty()) {
      strip(html, "After: guard on", ordinary.after());
    }
    html.close();
    html.open("details", "class", "screen").element("summary", "All questions and answers");
    table(html, ordinary);
    html.close();
    html.closeLine();
  }

  private static void strip(Html html, String name, List<Demo.Question> questions) {
    html.open("div");
    html.open("p")
        .element("b", name)
        .text(": %d of %d right".formatted(Demo.Ordinary.right(questions), questions.size()))
        .close();
    html.open("p", "class", "squares", "aria-hidden", "true");
    for (Demo.Question question : questions) {
      html.element(
          "span", question.right() ? "\u2713" : "\u2717", "class", question.right() ? "ok" : "no");
    }
    html.close().close();
  }

  private static void table(Html html, Demo.Ordinary ordinary) {
    Map<String, Demo.Question> after = new LinkedHashMap<>();
    ordinary.after().forEach(q -> after.put(q.id(), q));
    html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Answers");
    html.open("table", "class", "data");
    html.element("caption", "Every question, what is right, and what was answered.");
    html.open("thead").open("tr");
    for (String head : List.of("Question", "Needs", "Before", "After")) {
      html.element("th", head, "scope", "col");
    }
    html.close().close().open("tbody");
    for (Demo.Question question : ordinary.before()) {
      html.open("tr");
      html.element("th", question.question(), "scope", "row");
      html.element("td", question.needs().replace('-', ' '));
      answer(html, question);
      answer(html, after.get(question.id()));
      html.closeLine();
    }
    html.close().close().close();
  }

  private static void answer(Html html, Demo.@Nullable Question question) {
    html.open("td");
    if (question == null) {
      html.text("not asked");
    } else {
      html.open("p");
      html.element(
          "b", question.right() ? "Right" : "Wrong", "class", question.right() ? "ok" : "no");
      html.text(". Expected: " + question.expected() + ".");
      if (!question.note().isBlank()) {
        html.text(" " + question.note());
      }
      html.close();
      Quote.block(html, question.answer(), MAX_ANSWER);
    }
    html.close();
  }
}
