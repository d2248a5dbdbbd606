import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The orders, each seen by its owner only. */
final class Orders {
  /** An order. */
  record Order(String number, String owner, String product, String state) {
    String line() {
      return "Order " + number + ": " + product + ", " + state + ".";
    }
  }

  private final List<Order> all = new ArrayList<>();
  private final Map<String, BigDecimal> paidBack = new HashMap<>();

  static Orders load(Path file) throws IOException {
    var orders = new Orders();
    for (Object entry : (List<?>) Json.read(Files.readString(file))) {
      orders.all.add(
          new Order(
              Json.text(entry, "number"),
              Json.text(entry, "owner"),
              Json.text(entry, "product"),
              Json.text(entry, "state")));
    }
    return orders;
  }

  private List<Order> of(Accounts.Caller caller) {
    return all.stream().filter(order -> order.owner().equals(caller.id())).toList();
  }

  /** An order of the caller's; somebody else's is not told from one that does not exist. */
  Optional<Order> of(Accounts.Caller caller, String number) {
    return of(caller).stream().filter(o -> o.number().equalsIgnoreCase(number.strip())).findFirst();
  }

  /** What the model is told of the caller's orders. */
  String about(Accounts.Caller caller) {
    return of(caller).stream().map(Order::line).collect(Collectors.joining("\n"));
  }

  /** Whether so much more may be paid back for an order: all refunds of it together count. */
  synchronized boolean isWithin(Order order, BigDecimal amount, BigDecimal most) {
    return paidBack.getOrDefault(order.number(), BigDecimal.ZERO).add(amount).compareTo(most) <= 0;
  }

  /** Books a refund; false where it would be too much. */
  synchronized boolean book(Order order, BigDecimal amount, BigDecimal most) {
    if (!isWithin(order, amount, most)) {
      return false;
    }
    paidBack.merge(order.number(), amount, BigDecimal::add);
    return true;
  }
}
