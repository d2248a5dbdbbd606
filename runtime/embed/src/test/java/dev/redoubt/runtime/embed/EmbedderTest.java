package dev.redoubt.runtime.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbedderTest {
  private static Embedder embedder;

  @BeforeAll
  static void load() {
    embedder = Embedder.miniLm();
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void vectorsHaveUnitLength() {
    for (var text : List.of("", "a", "Where is my parcel?", "long ".repeat(900))) {
      var vector = embedder.embed(text);
      assertThat(vector).hasSize(embedder.dimensions()).hasSize(384);
      assertThat(dot(vector, vector)).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void likeTextsAreNearAndOthersFar() {
    var question = embedder.embed("How long do I have to send a product back?");
    var answer = embedder.embed("Returns: you may return any item within 30 days.");
    var other = embedder.embed("The staff canteen is closed on Mondays.");
    assertThat(dot(question, answer)).isGreaterThan(dot(question, other) + 0.2);
  }

  @Test
  void aBatchGivesWhatOneByOneGives() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      texts.add("Order number " + i + " was late. ".repeat(1 + i % 7));
    }
    var together = embedder.embedAll(texts);
    for (int i = 0; i < texts.size(); i += 13) {
      // Quantised activations see the padding: alike, not equal.
      assertThat(dot(together.get(i), embedder.embed(texts.get(i)))).isGreaterThan(0.98);
    }
  }

  @Test
  void nothingGivesNothing() {
    assertThat(embedder.embedAll(List.of())).isEmpty();
  }

  @Test
  void whatStandsBehindTheFirstWindowCounts() {
    var start = "The weather report speaks of rain. ".repeat(60);
    var plain = embedder.embed(start);
    var tail = embedder.embed(start + "The password of the vault is swordfish. ".repeat(60));
    assertThat(dot(plain, tail)).isLessThan(0.95);
  }

  @Test
  void closingWaitsForWhatRunsAndLaterCallsAreRefused() throws Exception {
    var own = Embedder.miniLm();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < 4; i++) {
        running.add(
            executor.submit(() -> {
              try {
                return own.embedAll(List.of("one", "two", "three"));
              } catch (EmbedderException e) {
                return List.of();
              }
            }));
      }
      own.close();
      for (var each : running) {
        each.get();
      }
    }
    assertThatThrownBy(() -> own.embed("late"))
        .isInstanceOf(EmbedderException.class)
        .hasMessage("The embedder is closed");
    own.close();
  }
}
