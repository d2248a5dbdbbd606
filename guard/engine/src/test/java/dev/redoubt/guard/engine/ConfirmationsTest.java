package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Confirmations.Outcome;
import dev.redoubt.guard.engine.Confirmations.Pending;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConfirmationsTest {
  private static final Caller ANA = Caller.of("ana@example.org");
  private static final Verdict.Ask ASK =
      new Verdict.Ask(
          "May this tool be called?",
          List.of(new ScanResult("s", "large", Action.ASK, "why", 0, 1)),
          Verdict.Trace.EMPTY);

  private static Confirmations store(Duration patience, int most, Consumer<Pending> listener) {
    return new Confirmations(patience, most, InstantSource.system(), listener);
  }

  private static Verdict settle(Confirmations store) {
    return store.settle("c1", ANA, "refund", "{}", ASK);
  }

  @Test
  void whoeverMayDecideDecidesOnce() {
    var self = new AtomicReference<Confirmations>();
    var outcomes = new ArrayList<Outcome>();
    self.set(
        store(
            Duration.ofSeconds(20),
            5,
            p -> {
              outcomes.add(self.get().decide(p.id(), true, Caller.of("mallory@example.org")));
              outcomes.add(self.get().decide(p.id(), true, Caller.ANONYMOUS));
              outcomes.add(self.get().decide("0".repeat(36), true));
              outcomes.add(self.get().decide(p.id(), true, ANA));
              outcomes.add(self.get().decide(p.id(), true, ANA));
              outcomes.add(self.get().decide(p.id(), false));
            }));

    assertThat(settle(self.get())).isInstanceOf(Verdict.Allow.class);
    assertThat(outcomes)
        .containsExactly(
            Outcome.NOT_YOURS,
            Outcome.NOT_YOURS,
            Outcome.UNKNOWN,
            Outcome.DECIDED,
            Outcome.UNKNOWN,
            Outcome.UNKNOWN);
    assertThat(self.get().pending()).isEmpty();
  }

  @Test
  void anAnonymousCallersQuestionIsAnOperatorsAlone() {
    var self = new AtomicReference<Confirmations>();
    self.set(
        store(
            Duration.ofSeconds(20),
            5,
            p -> {
              assertThat(self.get().decide(p.id(), true, Caller.ANONYMOUS))
                  .isEqualTo(Outcome.NOT_YOURS);
              self.get().decide(p.id(), false);
            }));
    Verdict verdict = self.get().settle("c1", Caller.ANONYMOUS, "refund", "{}", ASK);
    assertThat(verdict).isInstanceOf(Verdict.Block.class);
    assertThat(verdict.rule()).isEqualTo("large");
  }

  @Test
  void timeOutFullStoreAndBrokenListenerAreANo() {
    assertThat(settle(store(Duration.ofMillis(1), 5, p -> {})).shown("")).contains("in time");
    assertThat(
            settle(
                    store(
                        Duration.ofSeconds(20),
                        5,
                        p -> {
                          throw new IllegalStateException("no mail server");
                        }))
                .passes())
        .isFalse();
    var self = new AtomicReference<Confirmations>();
    var second = new AtomicReference<Verdict>();
    self.set(
        store(
            Duration.ofSeconds(20),
            1,
            p -> {
              second.set(settle(self.get()));
              self.get().decide(p.id(), true);
            }));
    assertThat(settle(self.get()).passes()).isTrue();
    assertThat(second.get().shown("")).contains("too many");
  }

  @Test
  void anInterruptedWaitIsANoAndKeepsTheFlag() {
    var store = store(Duration.ofSeconds(20), 5, p -> Thread.currentThread().interrupt());
    assertThat(settle(store).passes()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.pending()).isEmpty();
  }

  @Test
  void idsAreLongAndNeverTheSame() {
    Set<String> ids = new HashSet<>();
    var self = new AtomicReference<Confirmations>();
    self.set(
        store(
            Duration.ofSeconds(20),
            5,
            p -> {
              ids.add(p.id());
              self.get().decide(p.id(), false);
            }));
    for (int i = 0; i < 200; i++) {
      settle(self.get());
    }
    assertThat(ids).hasSize(200).allMatch(id -> id.matches("[0-9a-f]{36}"));
  }

  @Test
  void otherVerdictsAreGivenBackAndNobodyIsAskedWhereNobodyCanBe() {
    var allow = new Verdict.Allow(List.of(), Verdict.Trace.EMPTY);
    assertThat(Confirmations.NOBODY.settle("c", ANA, "x", "", allow)).isSameAs(allow);
    assertThat(Confirmations.NOBODY.settle("c", ANA, "x", "", ASK)).isSameAs(ASK);
  }
}
