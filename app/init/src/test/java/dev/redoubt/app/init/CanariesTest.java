package dev.redoubt.app.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.app.init.Canary.Place;
import dev.redoubt.core.FactsFile;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.UsageException;
import dev.redoubt.detect.FactMatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CanariesTest {
  private static List<Canary> draw(Place place, int count, long seed) {
    return Canaries.draw(place, count, seed, place == Place.CUSTOMER ? "ben" : null);
  }

  private static List<String> values(List<Canary> canaries) {
    return canaries.stream().flatMap(c -> c.facts().stream()).map(PlantedFact::value).toList();
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void eachValueIsFoundInItsTextAndInNoOther(Place place) {
    List<Canary> canaries = draw(place, 60, 3);
    assertThat(values(canaries)).doesNotHaveDuplicates();
    FactMatcher all = FactMatcher.of(canaries.stream().flatMap(c -> c.facts().stream()).toList());
    for (Canary canary : canaries) {
      assertThat(all.find(canary.text()).stream().map(m -> m.fact()).distinct())
          .containsExactlyInAnyOrderElementsOf(canary.facts());
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void theSameSeedGivesTheSameAndAnotherOthers(Place place) {
    assertThat(draw(place, 5, 9)).isEqualTo(draw(place, 8, 9).subList(0, 5));
    assertThat(values(draw(place, 20, 10))).doesNotContainAnyElementsOf(values(draw(place, 20, 9)));
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void noBlankIsLeft(Place place) {
    assertThat(draw(place, 100, 1)).allSatisfy(c -> assertThat(c.text()).doesNotContain("{", "}"));
  }

  @Test
  void factsFileIsReadWithKindsAndOwners(@TempDir Path folder) {
    List<Canary> canaries = draw(Place.CUSTOMER, 3, 4);
    CanaryFiles.write(canaries, folder, false);
    assertThat(FactsFile.read(folder.resolve("facts.txt"), List.of("ben")))
        .containsExactlyElementsOf(canaries.stream().flatMap(c -> c.facts().stream()).toList());
    CanaryFiles.write(draw(Place.PROMPT, 1, 4), folder, true);
    assertThat(FactsFile.read(folder.resolve("facts.txt"), List.of()))
        .extracting(PlantedFact::kind)
        .containsExactly(PlantedFact.Kind.PROMPT);
  }

  @Test
  void filesOfOthersAreNotReplaced(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("facts.txt"), "MINE=12345678\n");
    assertThatThrownBy(() -> CanaryFiles.write(draw(Place.INTERNAL, 2, 4), folder, false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("facts.txt");
    assertThat(folder)
        .isDirectoryContaining("glob:**facts.txt")
        .isDirectoryNotContaining("glob:**memo*");
  }

  @Test
  void ownersAreAskedForWhereTheyBelong() {
    assertThatThrownBy(() -> Canaries.draw(Place.CUSTOMER, 1, 1, null))
        .hasMessageContaining("--owner");
    assertThatThrownBy(() -> Canaries.draw(Place.CUSTOMER, 1, 1, "a=b"))
        .hasMessageContaining("--owner");
    assertThatThrownBy(() -> Canaries.draw(Place.INTERNAL, 1, 1, "ben"))
        .hasMessageContaining("--owner");
    assertThatThrownBy(() -> Canaries.draw(Place.INTERNAL, 0, 1, null))
        .hasMessageContaining("--count");
  }
}
