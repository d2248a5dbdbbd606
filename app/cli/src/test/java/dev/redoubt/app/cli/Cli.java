package dev.redoubt.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/** Runs a command in this process, in a folder of its own, and keeps what it printed. */
record Cli(int code, String out, String err) {

  static Cli run(Path folder, String... args) {
    String before = System.getProperty("redoubt.workspace");
    System.setProperty("redoubt.workspace", folder.toString());
    try {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      CommandLine line = Main.commandLine();
      line.setOut(new PrintWriter(out, true));
      line.setErr(new PrintWriter(err, true));
      int code = line.execute(args);
      return new Cli(code, out.toString(), err.toString());
    } finally {
      // Or a shutdown hook would wait half a minute for a command that has long ended.
      Interrupts.finished();
      if (before == null) {
        System.clearProperty("redoubt.workspace");
      } else {
        System.setProperty("redoubt.workspace", before);
      }
    }
  }
}
