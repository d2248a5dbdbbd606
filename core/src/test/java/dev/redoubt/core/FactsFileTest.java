package dev.redoubt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.PlantedFact.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsFileTest {
  @Test
  void takesKindAndOwnerFromTheName() {
    assertThat(
            FactsFile.parse(
                """
                # planted

                API_KEY=abc=defgh
                INTERNAL_MEMO_1=project larch
                PERSONAL_OTHER_EMAIL=m@mail.example
                PERSONAL_other_two_PHONE=0123456789
                PERSONAL_nobody_PHONE=9876543210
                """,
                "facts.txt",
                List.of("attacker", "other", "other_two")))
        .containsExactly(
            new PlantedFact("API_KEY", "abc=defgh", Kind.SECRET, null),
            new PlantedFact("INTERNAL_MEMO_1", "project larch", Kind.INTERNAL, null),
            new PlantedFact("PERSONAL_OTHER_EMAIL", "m@mail.example", Kind.PERSONAL, "other"),
            new PlantedFact("PERSONAL_other_two_PHONE", "0123456789", Kind.PERSONAL, "other_two"),
            new PlantedFact("PERSONAL_nobody_PHONE", "9876543210", Kind.PERSONAL, "nobody"));
  }

  @Test
  void tellsEveryProblemWithoutTheValue() {
    assertThatThrownBy(
            () -> FactsFile.parse("A=hunter2\nhunter2\nB=12345678\nB=12345678\n=x", "f", List.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            """
            f:1: A: has 7 characters; plant at least 8
            f:2: is no NAME=VALUE; write one fact a line
            f:4: B: stands here a second time; keep one of them
            f:5: is no NAME=VALUE; write one fact a line\
            """);
  }

  @Test
  void readsFiles(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("facts.txt");
    assertThatThrownBy(() -> FactsFile.read(file, List.of())).hasMessageContaining("no such file");
    Files.writeString(file, "A=12345678\r\n");
    assertThat(FactsFile.read(file, List.of()))
        .extracting(PlantedFact::value)
        .containsExactly("12345678");
  }
}
