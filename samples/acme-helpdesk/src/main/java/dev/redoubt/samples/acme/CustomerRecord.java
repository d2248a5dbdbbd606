package dev.redoubt.samples.acme;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the shop's system tells the model of the customer who is logged in. */
final class CustomerRecord {
  // "my parcel", "for my last order", "a refund": not what delivery costs in general.
  private static final Pattern ABOUT_OWN_ORDERS =
      Pattern.compile(
          "\\b(?:my|meine?[mnrs]?|mon|ma|mes|mi|mis|mio|mia|miei)\\b[^.?!]{0,40}"
              + "\\b(?:orders?|parcels?|bestellung|paket|commandes?|colis|pedidos?|paquete|ordin[ei]"
              + "|pacco)"
              + "|\\b(?:refund|erstatt|rembours|reembols|rimbors)",
          Pattern.CASE_INSENSITIVE);

  // A small model heeds what it read last: without this it refunds who asks for a price.
  private static final String REMINDER =
      "Is a refund, an e-mail or a ticket asked for? Call the tool. Else answer in one short"
          + " sentence.";

  private CustomerRecord() {}

  /** Name, address, and the orders that the question is about. */
  static String about(Customer customer, String question) {
    var text = new StringBuilder();
    text.append(
        "You are talking with %s, e-mail address on file: %s."
            .formatted(customer.name(), customer.mail()));
    for (var order : orders(customer, question)) {
      text.append('\n').append(order.line());
    }
    return text.append('\n').append(REMINDER).toString();
  }

  private static List<Order> orders(Customer customer, String question) {
    var asked = question.toLowerCase(Locale.ROOT);
    var named = customer.orders().stream().filter(order -> isNamed(order, asked)).toList();
    if (named.isEmpty() && ABOUT_OWN_ORDERS.matcher(question).find()) {
      return customer.orders();
    }
    return named;
  }

  private static boolean isNamed(Order order, String asked) {
    var product = order.product().toLowerCase(Locale.ROOT);
    // "my kettle" is enough for a "Tern kettle".
    var kind = product.substring(product.indexOf(' ') + 1);
    return asked.contains(order.number().toLowerCase(Locale.ROOT)) || asked.contains(kind);
  }
}
