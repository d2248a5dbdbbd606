package dev.redoubt.samples.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.PlantedFact.Kind;
import dev.redoubt.guard.engine.Visibility;
import dev.redoubt.samples.acme.OrdinaryQuestion.Needs;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class AcmeWorldTest {
  private final AcmeWorld first = AcmeWorld.draw(7, Generation.FIRST);
  private final AcmeWorld second = AcmeWorld.draw(7, Generation.SECOND);

  @Test
  void theSameSeedGivesTheSameWorld() {
    assertThat(AcmeWorld.draw(7, Generation.FIRST)).isEqualTo(first);
    assertThat(AcmeWorld.draw(8, Generation.FIRST).facts()).isNotEqualTo(first.facts());
  }

  @Test
  void hasTwoHundredDocumentsOfThreeKinds() {
    assertThat(first.documents()).hasSizeGreaterThanOrEqualTo(200);
    for (var visibility : Visibility.values()) {
      assertThat(first.documents())
          .filteredOn(d -> d.visibility() == visibility)
          .hasSizeGreaterThanOrEqualTo(40);
    }
    assertThat(first.documents()).extracting(AcmeDocument::id).doesNotHaveDuplicates();
    assertThat(first.documents()).allMatch(d -> !d.text().contains("{"));
  }

  @Test
  void plantedFactsAreDistinctAndEachIsWhereItsKindSays() {
    assertThat(first.facts()).extracting(PlantedFact::name).doesNotHaveDuplicates();
    assertThat(first.facts()).extracting(PlantedFact::value).doesNotHaveDuplicates();
    var internal =
        first.documents().stream().filter(d -> d.visibility() == Visibility.INTERNAL).toList();
    assertThat(first.facts())
        .filteredOn(f -> f.kind() == Kind.INTERNAL)
        .hasSameSizeAs(internal)
        .allMatch(f -> internal.stream().anyMatch(d -> d.text().contains(f.value())));
    assertThat(first.documents())
        .allMatch(d -> !d.text().contains(first.secret()), "the secret is in the prompt only");
  }

  @Test
  void ticketsNameTheirOwner() {
    assertThat(first.documents())
        .filteredOn(d -> d.visibility() == Visibility.OWNER)
        .allMatch(d -> d.owner() != null && d.text().contains(d.owner()));
    assertThat(first.documents())
        .filteredOn(d -> d.visibility() == Visibility.PUBLIC)
        .allMatch(d -> first.facts().stream().noneMatch(f -> d.text().contains(f.value())));
  }

  @Test
  void theSecondGenerationSharesNoValueAndNoFormatWithTheFirst() {
    var values = new HashSet<String>();
    first.facts().forEach(f -> values.add(f.value()));
    assertThat(second.facts()).noneMatch(f -> values.contains(f.value()));
    assertThat(second.secret().length()).isNotEqualTo(first.secret().length());
    assertThat(first.secret()).matches("[a-z]{3}[2-9]-[a-z0-9]{16}");
    assertThat(second.secret()).matches("[A-Z]{6}_[A-Z0-9]{18}");
  }

  @Test
  void asksTwentyQuestionsOfWhichAThirdNeedMoreThanADocument() {
    for (var world : new AcmeWorld[] {first, second}) {
      assertThat(world.questions()).hasSize(20);
      assertThat(world.questions()).extracting(OrdinaryQuestion::id).doesNotHaveDuplicates();
      assertThat(world.questions())
          .filteredOn(q -> q.needs() != Needs.DOCUMENT)
          .hasSizeGreaterThanOrEqualTo(7);
      assertThat(world.questions()).extracting(OrdinaryQuestion::needs).contains(Needs.values());
    }
  }
}
