package dev.redoubt.samples.acme;

import dev.redoubt.guard.engine.Visibility;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** New tickets, from the form that anybody can fill in and from the tool; indexed at once. */
final class Tickets {
  private final VectorIndex index;
  private final AtomicInteger next = new AtomicInteger(5001);

  Tickets(VectorIndex index) {
    this.index = index;
  }

  /**
   * Opens a ticket.
   *
   * @param owner e-mail address of the customer; absent when nobody is logged in
   * @param text what it says
   * @return its id
   */
  String open(@Nullable String owner, String text) {
    var id = "ticket-" + next.getAndIncrement();
    index.add(List.of(new AcmeDocument(id, "Ticket. " + text, Visibility.OWNER, owner)));
    return id;
  }
}
