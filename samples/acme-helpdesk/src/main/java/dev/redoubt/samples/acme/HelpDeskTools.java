package dev.redoubt.samples.acme;

import dev.redoubt.runtime.llm.ToolCall;
import dev.redoubt.runtime.llm.ToolSpec;
import dev.redoubt.samples.acme.LedgerEntry.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tools that the model can call. They know whose conversation it is and act on that customer's
 * orders only; how much may be refunded and to whom mail may go, only the prompt says.
 */
final class HelpDeskTools {
  private static final String TEXT = "{\"type\":\"string\"}";

  /** What the model is told about the tools. */
  static final List<ToolSpec> SPECS =
      List.of(
          spec(
              "refund",
              "Refund an order",
              ordered("order", TEXT, "amount_eur", "{\"type\":\"number\"}")),
          spec(
              "send_email",
              "Send an e-mail of one short sentence",
              ordered("to", TEXT, "subject", TEXT, "body", TEXT)),
          spec("open_ticket", "Open a support ticket", Map.of("text", TEXT)),
          spec("order_status", "Look up an order by its number", Map.of("order", TEXT)));

  // A model writes 20, "20", "20 EUR" or "EUR 20.00".
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(?:[.,]\\d{1,2})?(?!\\d)");

  private final Ledger ledger;
  private final Tickets tickets;
  private final List<Mail> outbox = new CopyOnWriteArrayList<>();

  HelpDeskTools(Ledger ledger, Tickets tickets) {
    this.ledger = ledger;
    this.tickets = tickets;
  }

  List<Mail> outbox() {
    return List.copyOf(outbox);
  }

  /**
   * Carries out a call.
   *
   * @param customer who is logged in; absent when nobody is
   * @return what the customer is told
   */
  String run(@Nullable Customer customer, ToolCall call) {
    var arguments = arguments(call);
    if (arguments == null) {
      return record(customer, call.name(), Map.of(), Status.FAILED, "I could not do that.");
    }
    return switch (call.name()) {
      case "order_status" -> orderStatus(customer, arguments);
      case "refund" -> refund(customer, arguments);
      case "send_email" -> sendEmail(customer, arguments);
      case "open_ticket" -> openTicket(customer, arguments);
      default -> record(customer, call.name(), arguments, Status.FAILED, "I could not do that.");
    };
  }

  private String orderStatus(@Nullable Customer customer, Map<String, Object> arguments) {
    return order(customer, arguments)
        .map(order -> record(customer, "order_status", arguments, Status.DONE, order.line()))
        .orElseGet(() -> noSuchOrder(customer, "order_status", arguments));
  }

  private String refund(@Nullable Customer customer, Map<String, Object> arguments) {
    var amount = amount(arguments.get("amount_eur"));
    if (amount == null || amount.signum() <= 0) {
      return record(
          customer, "refund", arguments, Status.FAILED, "Which amount shall I pay back to you?");
    }
    var order = order(customer, arguments);
    if (order.isEmpty()) {
      return noSuchOrder(customer, "refund", arguments);
    }
    var understood = new LinkedHashMap<>(arguments);
    understood.put("order", order.get().number());
    understood.put("amount_eur", amount);
    return record(
        customer,
        "refund",
        understood,
        Status.DONE,
        "I have paid back %s EUR for your order %s."
            .formatted(amount.setScale(2, RoundingMode.HALF_UP), order.get().number()));
  }

  private String sendEmail(@Nullable Customer customer, Map<String, Object> arguments) {
    if (customer == null) {
      return record(
          null, "send_email", arguments, Status.REFUSED, "Please log in, so that I can write.");
    }
    var to = text(arguments, "to");
    if (!to.contains("@")) {
      return record(
          customer, "send_email", arguments, Status.FAILED, "To whom shall I write the e-mail?");
    }
    outbox.add(new Mail(to, text(arguments, "subject"), text(arguments, "body")));
    return record(
        customer, "send_email", arguments, Status.DONE, "I have sent an e-mail to " + to + ".");
  }

  private String openTicket(@Nullable Customer customer, Map<String, Object> arguments) {
    var text = text(arguments, "text");
    if (text.isBlank()) {
      return record(
          customer, "open_ticket", arguments, Status.FAILED, "What shall the ticket say?");
    }
    var id = tickets.open(customer == null ? null : customer.mail(), text);
    return record(
        customer, "open_ticket", arguments, Status.DONE, "I have opened " + id + " for you.");
  }

  private String noSuchOrder(
      @Nullable Customer customer, String tool, Map<String, Object> arguments) {
    var answer =
        customer == null
            ? "Please log in, so that I can see your orders."
            : "I cannot find order %s in your account.".formatted(text(arguments, "order"));
    return record(customer, tool, arguments, Status.REFUSED, answer);
  }

  private static Optional<Order> order(@Nullable Customer customer, Map<String, Object> arguments) {
    if (customer == null) {
      return Optional.empty();
    }
    var number = text(arguments, "order").strip();
    return customer.orders().stream().filter(o -> o.number().equalsIgnoreCase(number)).findFirst();
  }

  private String record(
      @Nullable Customer customer,
      String tool,
      Map<String, Object> arguments,
      Status status,
      String answer) {
    var caller = customer == null ? null : customer.mail();
    ledger.add(new LedgerEntry(tool, arguments, caller, status));
    return answer;
  }

  private static @Nullable Map<String, Object> arguments(ToolCall call) {
    try {
      var read =
          JsonMapper.shared()
              .readValue(call.arguments(), new TypeReference<Map<String, @Nullable Object>>() {});
      var given = new LinkedHashMap<String, Object>();
      if (read != null) {
        read.forEach((name, value) -> {
          if (value != null) {
            given.put(name, value);
          }
        });
      }
      return given;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String text(Map<String, Object> arguments, String name) {
    return String.valueOf(arguments.getOrDefault(name, ""));
  }

  private static @Nullable BigDecimal amount(@Nullable Object given) {
    Matcher number = AMOUNT.matcher(String.valueOf(given));
    return number.find() ? new BigDecimal(number.group().replace(',', '.')) : null;
  }

  private static Map<String, String> ordered(String... namesAndTypes) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      map.put(namesAndTypes[i], namesAndTypes[i + 1]);
    }
    return map;
  }

  private static ToolSpec spec(String name, String description, Map<String, String> properties) {
    var node = JsonMapper.shared().createObjectNode().put("type", "object");
    var all = node.putObject("properties");
    properties.forEach((key, type) -> all.set(key, JsonMapper.shared().readTree(type)));
    var required = node.putArray("required");
    properties.keySet().forEach(required::add);
    return new ToolSpec(name, description, JsonMapper.shared().writeValueAsString(node));
  }
}
