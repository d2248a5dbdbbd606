package dev.redoubt.runtime.llm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** An engine that writes what it is told, word by word. */
final class FakeEngine implements Engine {
  final List<String> prompts = Collections.synchronizedList(new ArrayList<>());
  final List<Sampling> samplings = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch cancelled = new CountDownLatch(1);
  final CountDownLatch closed = new CountDownLatch(1);

  /** One permit a piece; none are asked for unless the test says so. */
  final Semaphore pieces = new Semaphore(Integer.MAX_VALUE);

  private final Function<String, String> script;

  FakeEngine(Function<String, String> script) {
    this.script = script;
  }

  @Override
  public int tokens(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  @Override
  public Run start(String prompt, Sampling sampling) {
    prompts.add(prompt);
    samplings.add(sampling);
    var reply = script.apply(prompt);
    var words = List.of(reply.split("(?<= )")).stream().limit(sampling.maxTokens()).toList();
    var last = words.size() == sampling.maxTokens();
    Iterator<String> iterator = new ArrayList<>(words).iterator();
    return new Run() {
      private boolean ended;

      @Override
      public String next() {
        pieces.acquireUninterruptibly();
        if (iterator.hasNext()) {
          return iterator.next();
        }
        // The last event of the real engine holds no token.
        if (!ended && last) {
          ended = true;
          return "";
        }
        return null;
      }

      @Override
      public void cancel() {
        cancelled.countDown();
      }
    };
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
