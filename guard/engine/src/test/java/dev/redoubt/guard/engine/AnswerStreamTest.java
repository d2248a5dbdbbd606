package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerStreamTest {
  private static final Exchange NOBODY = Exchange.of(Caller.ANONYMOUS);
  private static final ScanLimits LIMITS = new ScanLimits(Duration.ofSeconds(5), 20_000, 96);
  private static final String SECRET = "zq7-hush-hush-4711";

  private static Guard guard(Rule... rules) {
    return Guard.of(Rules.policy(true, LIMITS, rules));
  }

  private static Rule rewriting() {
    return Rules.pattern("gone", Action.REWRITE, "zq7-hush-hush-[0-9]+|[a-z]+@[a-z]+\\.[a-z]+");
  }

  private static String run(AnswerStream stream, List<String> pieces) {
    var out = new StringBuilder();
    pieces.forEach(p -> out.append(stream.push(p)));
    return out.append(stream.finish()).toString();
  }

  private static List<String> split(String text, Random random, int longest) {
    var pieces = new ArrayList<String>();
    for (int at = 0; at < text.length(); ) {
      int to = Math.min(text.length(), at + random.nextInt(longest + 1));
      pieces.add(text.substring(at, to));
      at = to;
    }
    return pieces;
  }

  private static String answer(Random random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(40); n > 0; n--) {
      switch (random.nextInt(8)) {
        case 0 -> text.append(SECRET);
        case 1 -> text.append(SECRET, 0, random.nextInt(SECRET.length()));
        case 2 -> text.append("eve@evil.example");
        case 3 -> text.append("é𝄞 ");
        default -> text.append("words and words, ");
      }
      text.append(' ');
    }
    return text.toString();
  }

  /** 20,000 random cuts: what comes out is what the whole answer would have become. */
  @Test
  void howTheAnswerIsCutNeverMatters() {
    var random = new Random(20_261_124L);
    Guard guard = guard(rewriting());
    for (int i = 0; i < 2_000; i++) {
      String answer = answer(random);
      String whole =
          switch (guard.checkAnswer(NOBODY, answer)) {
            case Verdict.Rewrite r -> r.text();
            default -> answer;
          };
      for (int j = 0; j < 10; j++) {
        List<String> pieces = split(answer, random, 1 + random.nextInt(60));
        String out = run(guard.answerStream(NOBODY), pieces);
        assertThat(out).as("answer %d, cut %d", i, j).isEqualTo(whole);
      }
    }
  }

  /** Whatever is cut where: before a stop, not even the beginning of what is blocked leaves. */
  @Test
  void nothingOfABlockedSpanLeaves() {
    var random = new Random(5);
    Guard guard = guard(Rules.pattern("b", Action.BLOCK, "Q[a-z]{3,60}Q"));
    for (int i = 0; i < 2_000; i++) {
      String before = "word ".repeat(random.nextInt(60));
      String answer =
          before
              + "Q"
              + "x".repeat(3 + random.nextInt(58))
              + "Q"
              + " tail".repeat(random.nextInt(60));
      AnswerStream stream = guard.answerStream(NOBODY);
      String out = run(stream, split(answer, random, 40));
      assertThat(stream.stopped()).isTrue();
      assertThat(before).startsWith(out);
      assertThat(stream.verdict()).isInstanceOf(Verdict.Block.class);
      assertThat(stream.verdict().rule()).isEqualTo("b");
    }
  }

  @Test
  void textFlowsWhileItIsHeldBack() {
    AnswerStream stream = guard(rewriting()).answerStream(NOBODY);
    var out = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      out.append(stream.push("ten chars "));
      assertThat(10 * (i + 1) - out.length()).isBetween(0, LIMITS.holdBack() + 64);
    }
    assertThat(out.length()).isGreaterThan(800);
    out.append(stream.finish());
    assertThat(out).hasSize(1_000);
    assertThat(stream.verdict()).isInstanceOf(Verdict.Allow.class);
    assertThat(stream.verdict().trace().ran()).containsExactly("gone");
  }

  @Test
  void evidenceIsCountedOnceAndInPlace() {
    AnswerStream stream = guard(rewriting()).answerStream(NOBODY);
    String answer = "x".repeat(300) + " " + SECRET + " " + "y".repeat(500) + " eve@evil.example";
    String out = run(stream, split(answer, new Random(1), 9));
    assertThat(out).isEqualTo("x".repeat(300) + " [gone] " + "y".repeat(500) + " [gone]");
    assertThat(stream.verdict())
        .isInstanceOfSatisfying(Verdict.Rewrite.class, r -> assertThat(r.text()).isEqualTo(out));
    assertThat(stream.verdict().evidence()).extracting(ScanResult::start).containsExactly(301, 821);
  }

  @Test
  void aMatchThatNeverEndsStopsTheAnswer() {
    AnswerStream stream =
        guard(Rules.pattern("long", Action.REWRITE, "<[^>]*>?")).answerStream(NOBODY);
    String answer = "ok <" + "a".repeat(12_000);
    assertThat(run(stream, split(answer, new Random(2), 100))).isEqualTo("ok ");
    assertThat(stream.verdict().rule()).isEqualTo("long");
    assertThat(stream.verdict()).isInstanceOf(Verdict.Block.class);
  }

  @Test
  void whatIsOnlyLoggedHoldsNothingUp() {
    AnswerStream stream = guard(Rules.pattern("all", Action.LOG, ".+")).answerStream(NOBODY);
    String answer = "a".repeat(8_000);
    assertThat(run(stream, split(answer, new Random(2), 100))).isEqualTo(answer);
    assertThat(stream.verdict().evidence()).isNotEmpty();
  }

  @Test
  void anEndlessAnswerIsStopped() {
    AnswerStream stream = guard(rewriting()).answerStream(NOBODY);
    int sent = 0;
    for (int i = 0; i < 10_000; i++) {
      sent += stream.push("again and again ").length();
    }
    assertThat(stream.stopped()).isTrue();
    assertThat(sent).isLessThanOrEqualTo(LIMITS.maxCharacters());
    assertThat(stream.verdict()).isInstanceOf(Verdict.NotRun.class);
    assertThat(stream.finish()).isEmpty();
  }

  @Test
  void aScannerThatCannotRunStopsIt() {
    Rule broken =
        Rules.rule(
            "broken",
            Action.LOG,
            text -> {
              throw new IllegalStateException();
            });
    AnswerStream stream = guard(broken).answerStream(NOBODY);
    assertThat(run(stream, List.of("hello"))).isEmpty();
    assertThat(stream.verdict()).isInstanceOf(Verdict.NotRun.class);
    assertThatThrownBy(() -> stream.push("x")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFullBufferLetsNothingOutBeforeTheEnd() {
    Policy window = Rules.policy(true, LIMITS, rewriting());
    Policy full =
        new Policy(
            window.caller(), window.passages(), window.rules(), true, LIMITS, Asking.NOBODY, true);
    AnswerStream stream = Guard.of(full).answerStream(Exchange.of(Caller.ANONYMOUS));
    assertThat(stream.push("words ".repeat(500))).isEmpty();
    assertThat(stream.push("eve@evil.example")).isEmpty();
    assertThat(stream.finish()).isEqualTo("words ".repeat(500) + "[gone]");
    AnswerStream endless = Guard.of(full).answerStream(Exchange.of(Caller.ANONYMOUS));
    for (int i = 0; i < 100 && !endless.stopped(); i++) {
      assertThat(endless.push("words ".repeat(100))).isEmpty();
    }
    assertThat(endless.stopped()).isTrue();
  }

  @Test
  void whatNeedsTheWholeAnswerSpeaksAfterwards() {
    Check whole =
        new Check() {
          @Override
          public Set<Stage> stages() {
            return Set.of(Stage.ANSWER);
          }

          @Override
          public boolean needsWhole() {
            return true;
          }

          @Override
          public List<Hit> answer(Exchange exchange, String answer) {
            return answer.endsWith("}")
                ? List.of()
                : List.of(new Hit(0, answer.length(), "no JSON", "{}"));
          }
        };
    var rule =
        new Rule(
            "schema", "test", Place.BOTH, Action.BLOCK, null, whole, new Location("guard.yaml", 1));
    AnswerStream stream = guard(rule).answerStream(Exchange.of(Caller.ANONYMOUS));
    String shown = stream.push("{ words ".repeat(100)) + stream.finish();
    assertThat(shown).isEqualTo("{ words ".repeat(100));
    assertThat(stream.verdict()).isInstanceOf(Verdict.Allow.class);
    assertThat(stream.afterwards()).isInstanceOf(Verdict.Block.class);
    Policy window = Rules.policy(true, LIMITS, rule);
    Policy full =
        new Policy(
            window.caller(), window.passages(), window.rules(), true, LIMITS, Asking.NOBODY, true);
    AnswerStream inTime = Guard.of(full).answerStream(Exchange.of(Caller.ANONYMOUS));
    assertThat(inTime.push("{ words ".repeat(100)) + inTime.finish()).isEmpty();
    assertThat(inTime.verdict()).isInstanceOf(Verdict.Block.class);
    assertThat(inTime.afterwards()).isNull();
  }
}
