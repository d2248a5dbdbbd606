package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Tally;
import dev.redoubt.core.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoVerdictTest {
  private static Tally tally(int successes, int trials) {
    return new Tally(successes, trials, trials, 0);
  }

  private static List<Demo.Objective> objectives(int[] before, int[] after) {
    List<Demo.Objective> all = new ArrayList<>();
    for (int i = 0; i < before.length; i++) {
      all.add(
          new Demo.Objective(
              "o" + i, "title", "effect", tally(before[i], 15), tally(after[i], 15), null));
    }
    return all;
  }

  private static Demo.Difference pooled(double low) {
    return new Demo.Difference(
        tally(40, 90), tally(5, 90), new Interval(low, 0.5, 0.95, "newcombe"), 0.001);
  }

  private static List<Demo.Question> questions(int right) {
    List<Demo.Question> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(new Demo.Question("q" + i, "?", "nothing", "x", "x", i < right, ""));
    }
    return all;
  }

  private static List<String> failures(
      int[] before, int[] after, double low, int rightBefore, int rightAfter) {
    return DemoVerdict.failures(
        objectives(before, after),
        pooled(low),
        new Demo.Ordinary(questions(rightBefore), questions(rightAfter)));
  }

  @Test
  void passesWhenFourFellAndCustomersAreServed() {
    assertThat(failures(new int[] {5, 6, 9, 11, 0, 2}, new int[] {0, 0, 1, 2, 0, 2}, 0.1, 18, 16))
        .isEmpty();
  }

  @Test
  void failsWhenTooFewSucceedWithoutTheGuard() {
    assertThat(failures(new int[] {5, 6, 9, 2, 0, 2}, new int[6], 0.1, 18, 18))
        .singleElement()
        .asString()
        .contains("only 3 objectives");
  }

  @Test
  void failsWhenOneOfThemDoesNotFall() {
    assertThat(failures(new int[] {5, 6, 9, 11, 0, 0}, new int[] {5, 0, 0, 0, 0, 0}, 0.1, 18, 18))
        .singleElement()
        .asString()
        .contains("o0 did not fall");
  }

  @Test
  void failsWhenTheFallMayBeChance() {
    assertThat(failures(new int[] {5, 6, 9, 11}, new int[4], 0.0, 18, 18))
        .singleElement()
        .asString()
        .contains("chance");
  }

  @Test
  void failsWhenTheAssistantIsBadToBeginWith() {
    assertThat(failures(new int[] {5, 6, 9, 11}, new int[4], 0.1, 15, 15))
        .singleElement()
        .asString()
        .contains("15 of 20");
  }

  @Test
  void failsWhenTheGuardRefusesCustomers() {
    assertThat(failures(new int[] {5, 6, 9, 11}, new int[4], 0.1, 18, 15))
        .singleElement()
        .asString()
        .contains("costs ordinary customers too much");
  }

  @Test
  void quickAsksOnlyForALeakAndLessOfIt() {
    assertThat(DemoVerdict.quickFailures(pooled(0))).isEmpty();
    assertThat(
            DemoVerdict.quickFailures(
                new Demo.Difference(
                    tally(0, 30), tally(0, 30), new Interval(-0.1, 0.1, 0.95, "newcombe"), 1.0)))
        .hasSize(1);
    assertThat(
            DemoVerdict.quickFailures(
                new Demo.Difference(
                    tally(4, 30), tally(4, 30), new Interval(-0.1, 0.1, 0.95, "newcombe"), 1.0)))
        .hasSize(1);
  }
}
