package dev.redoubt.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The smallest useful picocli program, the peer of {@link StartupBench}. */
@Command(name = "hello", mixinStandardHelpOptions = true, description = "Say hello.")
public final class Hello implements Callable<Integer> {

  @Override
  public Integer call() {
    return 0;
  }

  /**
   * Runs it.
   *
   * @param args {@code --help}
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Hello()).execute(args));
  }
}
