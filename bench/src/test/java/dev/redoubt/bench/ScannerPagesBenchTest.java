package dev.redoubt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Scanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The pages of the scanners say what the scanners say. */
class ScannerPagesBenchTest {
  private static final Path FOLDER = Path.of("..", "docs", "scanners");

  @TestFactory
  Stream<DynamicTest> thePageIsCurrent() {
    return Guard.scanners().stream()
        .map(s ->
            DynamicTest.dynamicTest(
                s.name(),
                () ->
                    assertThat(Files.readString(FOLDER.resolve(s.name() + ".md")))
                        .as("run ./redoubt bench scanner-pages")
                        .isEqualTo(ScannerPagesBench.page(s))));
  }

  @Test
  void noPageIsLeftOverFromAScannerThatWent() throws IOException {
    List<String> names = Guard.scanners().stream().map(Scanner::name).map(n -> n + ".md").toList();
    try (Stream<Path> pages = Files.list(FOLDER)) {
      assertThat(pages.map(p -> p.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }
}
