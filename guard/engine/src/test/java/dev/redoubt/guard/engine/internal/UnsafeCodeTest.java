package dev.redoubt.guard.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ScannerContract;
import dev.redoubt.guard.engine.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scanner by the examples that its YAML carries. */
class UnsafeCodeTest extends ScannerContract {
  @Override
  protected String scanner() {
    return "unsafe-code";
  }

  @Override
  protected String options() {
    return "{except: [world-writable]}";
  }

  @Override
  protected Verdict check(Guard guard, String sample) {
    return guard.checkAnswer(Exchange.of(Caller.ANONYMOUS), sample);
  }

  @Override
  protected List<String> mustFire() {
    return UnsafeCode.all().stream()
        .filter(u -> !u.id().equals("world-writable"))
        .map(u -> "```\n" + u.fires() + "\n```")
        .toList();
  }

  @Override
  protected List<String> mustNotFire() {
    return UnsafeCode.all().stream().map(u -> "```\n" + u.quiet() + "\n```").toList();
  }

  @Override
  protected List<String> nearMisses() {
    return List.of(
        "Evaluate the results and execute the plan.",
        "We shall evaluate (carefully) what you said.",
        "A pickle is a cucumber.",
        "chmod 777 /tmp/x");
  }

  @Test
  void eachExampleIsFoundByItsOwnPattern() {
    for (UnsafeCode.Unsafe unsafe : UnsafeCode.all()) {
      assertThat(unsafe.pattern().matcher(unsafe.fires()).find()).as(unsafe.id()).isTrue();
      assertThat(unsafe.pattern().matcher(unsafe.quiet()).find()).as(unsafe.id()).isFalse();
    }
  }
}
