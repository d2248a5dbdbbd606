package dev.redoubt.app.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * What the launcher runs once after a build, so that later starts find these classes loaded and
 * linked.
 */
@Command(name = "training", hidden = true)
final class TrainingCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    for (String[] args :
        new String[][] {
          {"--help"}, {"rules", "list"}, {"attack", "chat", "--help"}, {"--version"}
        }) {
      CommandLine line = Main.commandLine();
      line.setOut(new PrintWriter(Writer.nullWriter()));
      int code = line.execute(args);
      if (code != ExitCode.OK) {
        return code;
      }
    }
    return ExitCode.OK;
  }
}
