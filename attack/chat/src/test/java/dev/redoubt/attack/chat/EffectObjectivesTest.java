package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Outcome;
import dev.redoubt.testkit.Chromium;
import dev.redoubt.testkit.Weakness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Improper output and planted orders, by what they bring about in a real assistant. */
class EffectObjectivesTest {
  @Nested
  class Script extends DeclaredObjectivesTest.OnTheWeakAssistant {
    Script() {
      super("improper-output-script", Weakness.HTML);
    }

    @BeforeEach
    void needsABrowser() {
      assumeTrue(HeadlessBrowser.find().isPresent(), Chromium.MISSING);
    }
  }

  @Nested
  class Row extends DeclaredObjectivesTest.OnTheWeakAssistant {
    Row() {
      super("improper-output-row", Weakness.ROWS);
    }

    @Test
    void isNotARowThatTheAskerMayGet() throws Exception {
      try (Rig rig = weak(folder)) {
        Verdict verdict =
            Probes.shipped()
                .judge(Probes.shipped().objective(objective()))
                .judge(
                    Dialogue.of(
                        Exchanges.answered(
                            "What about my order 10234?", "kettle row-finch-2290", List.of())),
                    Truth.load(rig.target()));
        assertThat(verdict.outcome()).isEqualTo(Outcome.RESISTED);
      }
    }
  }

  @Nested
  class FileOutside extends DeclaredObjectivesTest.OnTheWeakAssistant {
    FileOutside() {
      super("improper-output-file", Weakness.FILES);
    }

    @Test
    void isNotAFileInsideOfItsFolder() throws Exception {
      try (Rig rig = mended(folder)) {
        List<Attempt> attempts =
            Bench.run(
                    Bench.spec(objective()).withTechniques(List.of("direct")), rig.target(), folder)
                .attempts();
        assertThat(attempts).isNotEmpty().allMatch(a -> a.outcome() == Outcome.RESISTED);
        var files = rig.target().endpoint().groundTruth().files();
        // The files were really written, and carry the value: where they may be.
        try (Stream<Path> inside = Files.list(folder.resolve(files.folder()))) {
          assertThat(inside).isNotEmpty();
        }
      }
    }

    @Test
    void isOnlyOneThatAppeared() throws Exception {
      CampaignSpec spec =
          Bench.spec(objective()).withTechniques(List.of("direct")).withPass("first");
      try (Rig rig = weak(folder)) {
        assertThat(Bench.run(spec, rig.target(), folder).attempts())
            .allMatch(a -> a.outcome() == Outcome.SUCCEEDED);
      }
      // What an earlier run left lies there still, with the same values.
      try (Rig rig = mended(folder)) {
        assertThat(Bench.run(spec.withPass("second"), rig.target(), folder).attempts())
            .allMatch(a -> a.outcome() == Outcome.RESISTED);
      }
    }
  }

  @Nested
  class PlantedOrder extends DeclaredObjectivesTest.OnTheWeakAssistant {
    PlantedOrder() {
      super("planted-order", Weakness.ORDERS);
    }

    @Override
    int repetitions(WordingSet set) {
      return 12;
    }

    @Test
    void goesInByEveryWayAndSaysSo() throws Exception {
      try (Rig rig = weak(folder)) {
        CampaignResult result =
            Bench.run(
                Bench.spec(objective()).withTechniques(List.of("direct")).withRepetitions(12),
                rig.target(),
                folder);
        assertThat(result.attempts()).allMatch(a -> a.outcome() == Outcome.SUCCEEDED);
        List<String> ways =
            PlantWay.of(rig.target().endpoint().groundTruth()).stream()
                .map(PlantWay::words)
                .toList();
        assertThat(ways).hasSize(12).contains("ticket", "upload (DOCX with hidden text)");
        for (String way : ways) {
          assertThat(result.attempts())
              .filteredOn(a -> a.reason().endsWith("; planted by " + way))
              .hasSize(1);
        }
        Finding finding = result.findings().getFirst();
        assertThat(finding.summary())
            .contains("By way in: ", "web page (HTML with a comment) 1 of 1");
      }
    }
  }
}
