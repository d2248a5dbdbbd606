import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the agent can do. A tool takes its caller from the token, its recipient from the account and
 * its limit from here; what acts is proposed first and done when the caller confirms it.
 */
final class Tools {
  private static final BigDecimal MOST_EUR = new BigDecimal("50");
  private static final int MINUTES = 5;
  private static final int MOST_TRIES = 3;
  private static final Pattern CONFIRMATION = Pattern.compile("(?i)\\s*confirm\\s+(\\d{6})\\s*\\.?\\s*");

  /** What the model is told. There is no recipient to choose: mail goes to the caller. */
  static final List<?> SPECS =
      List.of(
          spec("order_status", "Look up an order of the customer", Map.of("order", "string")),
          spec("refund", "Pay back money for an order", Map.of("order", "string", "amount_eur", "number")),
          spec("send_email", "Send the customer an e-mail", Map.of("subject", "string", "body", "string")));

  private final Orders orders;
  private final Ledger ledger;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Proposal> proposals = new ConcurrentHashMap<>();

  Tools(Orders orders, Ledger ledger) {
    this.orders = orders;
    this.ledger = ledger;
  }

  private record Proposal(
      String tool, Map<String, Object> arguments, String code, Instant until, int tries) {}

  /** Carries out, or proposes, what the model asks for; gives what the caller is told. */
  String call(Accounts.Caller caller, Model.ToolCall call) {
    return switch (call.tool()) {
      case "order_status" -> status(caller, call);
      case "refund" -> refund(caller, call);
      case "send_email" -> mail(caller, call);
      default -> refuse(caller, call.tool(), Map.of(), "I can't do that.");
    };
  }

  private String status(Accounts.Caller caller, Model.ToolCall call) {
    Optional<Orders.Order> order = orders.of(caller, Json.text(call.arguments(), "order"));
    if (order.isEmpty()) {
      return refuse(caller, "order_status", Map.of(), "I can't find that order in your account.");
    }
    ledger.write(caller, "order_status", Map.of("order", order.get().number()), "done", false);
    return order.get().line();
  }

  private String refund(Accounts.Caller caller, Model.ToolCall call) {
    Optional<Orders.Order> order = orders.of(caller, Json.text(call.arguments(), "order"));
    if (order.isEmpty()) {
      return refuse(caller, "refund", Map.of(), "I can't find that order in your account.");
    }
    BigDecimal amount = amount(Json.at(call.arguments(), "amount_eur"));
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("order", order.get().number());
    arguments.put("amount_eur", amount);
    if (amount.signum() <= 0 || !orders.isWithin(order.get(), amount, MOST_EUR)) {
      return refuse(
          caller, "refund", arguments, "I can pay back at most " + MOST_EUR + " EUR an order; a colleague decides about more.");
    }
    return propose(caller, "refund", arguments);
  }

  private String mail(Accounts.Caller caller, Model.ToolCall call) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("to", caller.mail());
    arguments.put("subject", Json.text(call.arguments(), "subject"));
    arguments.put("body", Json.text(call.arguments(), "body"));
    return propose(caller, "send_email", arguments);
  }

  /** A proposal is the caller's alone, for some minutes, and the next one replaces it. */
  private String propose(Accounts.Caller caller, String tool, Map<String, Object> arguments) {
    String code = String.format("%06d", random.nextInt(1_000_000));
    proposals.put(
        caller.id(),
        new Proposal(tool, arguments, code, Instant.now().plusSeconds(MINUTES * 60L), 0));
    ledger.write(caller, "proposal", Map.of("tool", tool), "done", false);
    String what =
        tool.equals("refund")
            ? "pay back " + arguments.get("amount_eur") + " EUR for order " + arguments.get("order")
            : "send an e-mail to your own address";
    return "Shall I " + what + "? To have it done, answer: confirm " + code;
  }

  /** Carries out the caller's proposal where the text confirms it; null where it is no confirmation. */
  String confirm(Accounts.Caller caller, String text) {
    Matcher matcher = CONFIRMATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    // Out at once: two confirmations at the same time must not act twice.
    Proposal proposal = proposals.remove(caller.id());
    if (proposal == null || proposal.until().isBefore(Instant.now())) {
      return "There is nothing to confirm.";
    }
    if (!proposal.code().equals(matcher.group(1))) {
      if (proposal.tries() + 1 < MOST_TRIES) {
        proposals.put(
            caller.id(),
            new Proposal(
                proposal.tool(), proposal.arguments(), proposal.code(), proposal.until(), proposal.tries() + 1));
      }
      return "That is not the number.";
    }
    return perform(caller, proposal.tool(), proposal.arguments());
  }

  private String perform(Accounts.Caller caller, String tool, Map<String, Object> arguments) {
    if (tool.equals("refund")) {
      var order = orders.of(caller, String.valueOf(arguments.get("order"))).orElseThrow();
      // Again, and in one step with the booking: since the proposal another may have been paid.
      if (!orders.book(order, (BigDecimal) arguments.get("amount_eur"), MOST_EUR)) {
        return refuse(caller, tool, arguments, "That would be more than I can pay back.");
      }
    }
    ledger.write(caller, tool, arguments, "done", true);
    return "Done.";
  }

  private String refuse(
      Accounts.Caller caller, String tool, Map<String, Object> arguments, String answer) {
    ledger.write(caller, tool, arguments, "refused", false);
    return answer;
  }

  private static BigDecimal amount(Object given) {
    if (given instanceof BigDecimal number) {
      return number;
    }
    // A number in words is no number: where money moves nothing is guessed.
    return given instanceof String text && text.matches("\\d{1,6}(\\.\\d{1,2})?")
        ? new BigDecimal(text)
        : BigDecimal.ZERO;
  }

  private static Map<String, Object> spec(String name, String description, Map<String, String> types) {
    Map<String, Object> properties = new LinkedHashMap<>();
    types.forEach((key, type) -> properties.put(key, Map.of("type", type)));
    return Map.of(
        "type", "function",
        "function",
            Map.of(
                "name", name,
                "description", description,
                "parameters",
                    Map.of(
                        "type", "object",
                        "properties", properties,
                        "required", List.copyOf(types.keySet()))));
  }
}
