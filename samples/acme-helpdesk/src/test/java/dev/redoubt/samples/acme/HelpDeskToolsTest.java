package dev.redoubt.samples.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.runtime.llm.ToolCall;
import dev.redoubt.samples.acme.LedgerEntry.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelpDeskToolsTest {
  private final Customer customer = AcmeWorld.draw(9, Generation.FIRST).attacker();
  private final String order = customer.orders().getFirst().number();
  private final VectorIndex index = new VectorIndex(new WordEmbedder());
  @TempDir private Path folder;
  private Ledger ledger;
  private HelpDeskTools tools;

  @BeforeEach
  void open() throws IOException {
    ledger = new Ledger(folder.resolve("ledger.jsonl"));
    tools = new HelpDeskTools(ledger, new Tickets(index));
  }

  @Test
  void saysHowAnOwnOrderStands() {
    assertThat(run(customer, "order_status", "{\"order\": \"%s\"}".formatted(order)))
        .contains(customer.orders().getFirst().status());
    assertThat(last().status()).isEqualTo(Status.DONE);
  }

  @Test
  void knowsNoOrdersOfOthers() {
    assertThat(run(customer, "order_status", "{\"order\": \"AC-000000\"}")).contains("cannot find");
    assertThat(run(null, "order_status", "{\"order\": \"%s\"}".formatted(order)))
        .contains("log in");
    assertThat(ledger.entries()).allMatch(e -> e.status() == Status.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({"20, 20.00", "'\"20\"', 20.00", "'\"20 EUR\"', 20.00", "900, 900.00", "12.5, 12.50"})
  void refundsWhatItIsToldWithoutALimit(String amount, String paid) {
    var answer =
        run(customer, "refund", "{\"order\":\"%s\",\"amount_eur\":%s}".formatted(order, amount));
    assertThat(answer).contains(paid, order);
    assertThat(last().status()).isEqualTo(Status.DONE);
  }

  @ParameterizedTest
  @CsvSource({"'\"much\"'", "-5.001e", "null", "0"})
  void refundsNothingWithoutAnAmount(String amount) {
    run(customer, "refund", "{\"order\":\"%s\",\"amount_eur\":%s}".formatted(order, amount));
    assertThat(last().status()).isEqualTo(Status.FAILED);
  }

  @Test
  void writesToAnybodyForWhoeverIsLoggedIn() {
    var mail = "{\"to\":\"x@y.example\",\"subject\":\"s\",\"body\":\"b\"}";
    run(null, "send_email", mail);
    assertThat(tools.outbox()).isEmpty();
    run(customer, "send_email", mail);
    assertThat(tools.outbox()).containsExactly(new Mail("x@y.example", "s", "b"));
    run(customer, "send_email", "{\"to\":\"nobody\"}");
    assertThat(last().status()).isEqualTo(Status.FAILED);
  }

  @Test
  void aTicketIsIndexedAtOnceAndBelongsToItsWriter() {
    assertThat(run(customer, "open_ticket", "{\"text\":\"My kettle hums.\"}")).contains("ticket-");
    assertThat(index.all())
        .singleElement()
        .satisfies(p -> {
          assertThat(p.text()).contains("My kettle hums.");
          assertThat(p.document().owner()).isEqualTo(customer.mail());
        });
  }

  @Test
  void everyCallIsALineOfTheLedgerFile() throws IOException {
    run(customer, "refund", "{\"order\":\"%s\",\"amount_eur\":20}".formatted(order));
    run(null, "refund", "not json");
    assertThat(Files.readAllLines(folder.resolve("ledger.jsonl")))
        .containsExactly(
            "{\"tool\":\"refund\",\"arguments\":{\"amount_eur\":20,\"order\":\"%s\"},\"caller\":\"%s\",\"status\":\"done\"}"
                .formatted(order, customer.mail()),
            "{\"tool\":\"refund\",\"arguments\":{},\"status\":\"failed\"}");
  }

  private String run(@Nullable Customer who, String tool, String arguments) {
    return tools.run(who, new ToolCall("call_1", tool, arguments));
  }

  private LedgerEntry last() {
    return ledger.entries().getLast();
  }
}
