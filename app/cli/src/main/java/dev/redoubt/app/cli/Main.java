package dev.redoubt.app.cli;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** Entry point of {@code redoubt}. */
public final class Main {
  private static final String COMPLETION = "completion";

  private static final int WIDTH = 112;

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args what the user typed
   */
  public static void main(String[] args) {
    // A library below asks for a logger that nobody needs; without one it would say so.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    int code = runWhole(args);
    Interrupts.finished();
    // The local model keeps a native thread that outlives its close, so the process is ended here.
    System.exit(code);
  }

  /** An error of the machine must not end with 1, which means findings. */
  private static int runWhole(String... args) {
    try {
      return run(args);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "redoubt: out of memory: give it more with REDOUBT_HEAP=1g; what is on the tape is kept");
      return ExitCode.UNREACHABLE;
    } catch (StackOverflowError | LinkageError e) {
      System.err.println("redoubt: internal error: " + e + " (this is a bug)");
      return ExitCode.UNREACHABLE;
    }
  }

  /** Runs one command in this process and returns its exit code. */
  static int run(String... args) {
    String command = args.length == 0 ? "" : args[0];
    Predicate<String> whole =
        command.equals(COMPLETION) ? name -> true : name -> name.equals(command);
    return commandLine(whole).execute(args);
  }

  /** The whole command tree, with our way of saying what went wrong. */
  static CommandLine commandLine() {
    return commandLine(name -> true);
  }

  /**
   * A tree of which only the named commands can run; of the others it knows name and description.
   * To read all options of all commands takes longer than most short commands run.
   */
  private static CommandLine commandLine(Predicate<String> whole) {
    CommandLine line = new CommandLine(new RedoubtCommand());
    for (Class<?> type : RedoubtCommand.COMMANDS) {
      Command command = type.getAnnotation(Command.class);
      if (whole.test(command.name())) {
        CommandLine added = new CommandLine(type);
        addStandardOptions(added);
        line.addSubcommand(added);
      } else {
        line.addSubcommand(described(command));
      }
    }
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // Examples are there to be copied: none may be broken in two.
    line.setUsageHelpWidth(WIDTH);
    line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command));
    line.setParameterExceptionHandler((e, arguments) -> {
      CommandLine command = e.getCommandLine();
      command.getErr().println("redoubt: " + e.getMessage());
      CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
      command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
      return ExitCode.USAGE;
    });
    return line;
  }

  /** Not by inheritance from the root: that would cost the described commands their options too. */
  private static void addStandardOptions(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true);
    command.getCommandSpec().versionProvider(new Version());
    command.getSubcommands().values().forEach(Main::addStandardOptions);
  }

  private static CommandSpec described(Command command) {
    CommandSpec spec = CommandSpec.create().name(command.name());
    spec.usageMessage().description(command.description()).hidden(command.hidden());
    return spec;
  }

  private static int explain(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    return switch (e) {
      case UsageException usage -> {
        String.valueOf(usage.getMessage()).lines().forEach(line -> err.println("redoubt: " + line));
        yield ExitCode.USAGE;
      }
      case TargetUnreachableException unreachable -> {
        err.println("redoubt: " + unreachable.getMessage());
        yield ExitCode.UNREACHABLE;
      }
      case UncheckedIOException io -> {
        err.println(
            "redoubt: "
                + Words.ofIo(
                    io.getCause() == null
                        ? new java.io.IOException(io.getMessage())
                        : io.getCause()));
        yield ExitCode.UNREACHABLE;
      }
      case java.io.IOException io -> {
        err.println("redoubt: " + Words.ofIo(io));
        yield ExitCode.UNREACHABLE;
      }
      case InterruptedException interrupted -> {
        err.println("redoubt: interrupted");
        yield ExitCode.INTERRUPTED;
      }
      default -> {
        err.println(
            "redoubt: internal error: "
                + e
                + " (this is a bug; REDOUBT_DEBUG=1 shows where it happened)");
        if ("1".equals(System.getenv("REDOUBT_DEBUG"))) {
          e.printStackTrace(err);
        }
        yield ExitCode.UNREACHABLE;
      }
    };
  }
}
