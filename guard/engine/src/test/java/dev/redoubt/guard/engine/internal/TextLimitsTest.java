package dev.redoubt.guard.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ScannerContract;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextLimitsTest extends ScannerContract {
  @Override
  protected String scanner() {
    return "text-limits";
  }

  @Override
  protected String options() {
    return "{characters: 120000, lines: 50000, repeats: 100, languages: [en, de]}";
  }

  @Override
  protected Verdict check(Guard guard, String sample) {
    return guard.checkInput(Exchange.of(Caller.ANONYMOUS), Text.user(sample));
  }

  @Override
  protected List<String> mustFire() {
    return List.of(
        "a".repeat(101),
        "x " + "\u200B".repeat(300),
        "¿Dónde está el banco y qué es lo que no funciona en mi cuenta?",
        "Je ne sais pas où est la gare et je suis avec des amis pour le week-end.",
        "Как мне вернуть заказ, который пришёл вчера?",
        "私の注文はどこにありますか",
        "Nie wiem, co to jest i jak to się robi po polsku");
  }

  @Override
  protected List<String> mustNotFire() {
    return List.of(
        "Where is my order, and what do you need from me to find it?",
        "Wo ist meine Bestellung, und was brauchen Sie von mir?",
        "ok",
        "for (int i = 0; i < n; i++) { sum += values[i]; }");
  }

  @Override
  protected List<String> nearMisses() {
    return List.of(
        "a".repeat(100),
        "The word for hello is hola.",
        "Paris, Madrid, Roma, Lisboa, Warszawa",
        "Translate the word собака for me please, what is it in English?");
  }

  @Test
  void lengthAndLinesAreBounded() {
    Guard guard = Guard.of(policy("block", "{characters: 10, lines: 2}"));
    assertThat(check(guard, "0123456789").passes()).isTrue();
    assertThat(check(guard, "0123456789a").passes()).isFalse();
    assertThat(check(guard, "a\nb\nc").passes()).isFalse();
    assertThat(check(guard, "a\nb").passes()).isTrue();
  }
}
