package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardCheckCommandTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNoTextIsUnreadable() throws IOException {
    Path file = folder.resolve("picture.png");
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
    Cli run = Cli.run(folder, "guard", "check", file.toString());
    assertThat(run.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(run.err()).contains("picture.png: is no UTF-8 text").doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aMistypedFileNameIsTold() {
    Cli run = Cli.run(folder, "guard", "check", "answers/missing.txt");
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.err()).contains("no file 'answers/missing.txt'; checked as a text");
  }

  @Test
  void anOrdinaryTextIsTakenForNoFile() {
    assertThat(Cli.run(folder, "guard", "check", "Is it 4.50?").err()).isEmpty();
  }

  @Test
  void whatIsTooLongToBeCheckedDoesNotPass() throws IOException {
    Path file = folder.resolve("long.txt");
    Files.writeString(file, "hello ".repeat(50_000));
    Cli run = Cli.run(folder, "guard", "check", file.toString());
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(run.out()).startsWith("block").contains("longer than 200000 characters");
  }
}
