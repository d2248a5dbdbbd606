package dev.redoubt.samples.acme;

/**
 * An order of a customer who can log in.
 *
 * @param number its number
 * @param product what was ordered
 * @param priceEur its price in euros, as {@code 49.90}
 * @param status where it is
 * @param deliveryDate the day of delivery, as {@code 14 March 2027}
 */
public record Order(
    String number, String product, String priceEur, String status, String deliveryDate) {

  /** One line as the model gets it. */
  String line() {
    return "Order %s: %s, paid %s EUR, status %s, delivery date %s."
        .formatted(number, product, priceEur, status, deliveryDate);
  }
}
