package dev.redoubt.samples.acme;

import java.util.List;

/**
 * A customer.
 *
 * @param identity what {@code redoubt.yaml} calls them: {@code attacker} and {@code other} can log
 *     in, the rest are numbered
 * @param name full name
 * @param mail e-mail address, which is also the name to log in with
 * @param password password; empty for those who cannot log in
 * @param orders their orders as far as the shop's system knows them
 */
public record Customer(
    String identity, String name, String mail, String password, List<Order> orders) {
  public Customer {
    orders = List.copyOf(orders);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Customer[" + identity + ", " + name + "]";
  }
}
