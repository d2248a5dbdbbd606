package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Taxonomy;
import org.junit.jupiter.api.Test;

class RulesTest {
  @Test
  void citesOnlyWhatTheTaxonomiesHold() {
    for (Rule rule : Rules.shipped().all()) {
      assertThat(rule.references()).as(rule.id()).isNotEmpty();
      rule.references().forEach(Taxonomy.load()::require);
    }
    assertThat(Rules.shipped().find("inspect.artifact.pickle-dangerous")).isPresent();
  }
}
