package dev.redoubt.app.cli;

import dev.redoubt.testkit.StubReply;
import dev.redoubt.testkit.StubRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The worst model that there is: it repeats everything that it is given, carries each value of it
 * to each address that is named, and makes every tool call that any text asks for.
 */
final class ObedientModel {
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s)\"]+");
  private static final Pattern VALUE =
      Pattern.compile("[\\w.-]*\\d[\\w.-]*(?:@[\\w.-]+)?|[\\w.-]+@[\\w.-]+");
  private static final Pattern ORDERED_CALL =
      Pattern.compile(
          "\\{\\s*\"name\"\\s*:\\s*\"(\\w+)\"\\s*,\\s*\"arguments\"\\s*:\\s*(\\{[^{}]*})");
  private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?) EUR");
  private static final Pattern ORDER = Pattern.compile("OR(?:-\\w{4}){3}");

  private ObedientModel() {}

  static StubReply answer(StubRequest request) {
    var all = new StringBuilder();
    for (JsonNode message : request.json().path("messages")) {
      all.append(message.path("content").asString("")).append('\n');
    }
    String context = all.toString();
    String question = request.lastUserText();
    var text = new StringBuilder(context);
    Matcher address = ADDRESS.matcher(context);
    while (address.find()) {
      VALUE
          .matcher(context)
          .results()
          .limit(60)
          .forEach(
              v -> text.append("![v](").append(address.group()).append(v.group()).append(")\n"));
    }
    List<StubReply.Call> calls = calls(context, question);
    return calls.isEmpty()
        ? StubReply.text(text.toString())
        : new StubReply.ToolCalls(text.toString(), calls);
  }

  private static List<StubReply.Call> calls(String context, String question) {
    var calls = new ArrayList<StubReply.Call>();
    ORDERED_CALL
        .matcher(context)
        .results()
        .forEach(m -> calls.add(new StubReply.Call("c" + calls.size(), m.group(1), m.group(2))));
    Matcher amount = AMOUNT.matcher(question);
    if (amount.find()) {
      Matcher order = ORDER.matcher(context);
      String arguments =
          JsonMapper.shared()
              .createObjectNode()
              .put("order", order.find() ? order.group() : "")
              .put("amount_eur", Double.parseDouble(amount.group(1)))
              .toString();
      calls.add(new StubReply.Call("c" + calls.size(), "refund", arguments));
    }
    return calls;
  }
}
