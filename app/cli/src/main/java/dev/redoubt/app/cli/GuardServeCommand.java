package dev.redoubt.app.cli;

import dev.redoubt.core.GuardEvent;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.gateway.Gateway;
import dev.redoubt.guard.gateway.GatewayConfig;
import dev.redoubt.guard.gateway.ToolLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description =
        "Stand as an OpenAI-compatible gateway in front of an assistant, or between it and its"
            + " model.",
    footer = {
      "",
      "Examples:",
      "  redoubt guard serve --policy guard.yaml --upstream http://127.0.0.1:8080/v1 --port 9090"
          + " --place front",
      "  redoubt guard serve --policy guard.yaml --upstream http://127.0.0.1:8090/v1 --port 9091"
          + " --place back",
      "",
      "Each decision is one JSON line on standard output, without content."
    })
final class GuardServeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "The policy, guard.yaml.")
  Path policy = Path.of("guard.yaml");

  @Option(
      names = "--upstream",
      required = true,
      paramLabel = "URL",
      description = "Base URL behind the gateway, as OpenAI clients take it (.../v1).")
  String upstream = "";

  @Option(
      names = "--port",
      required = true,
      paramLabel = "P",
      description = "Port to listen on; 0 takes a free one.")
  int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = GatewayConfig.LOOPBACK,
      description =
          "Address to listen on. Default: ${DEFAULT-VALUE}, which only this machine reaches.")
  String host = GatewayConfig.LOOPBACK;

  @Option(
      names = "--place",
      paramLabel = "PLACE",
      defaultValue = "both",
      description =
          "front (of the assistant), back (between it and its model), or both. Default:"
              + " ${DEFAULT-VALUE}.")
  String place = "both";

  @Option(
      names = "--tool-log",
      paramLabel = "FILE",
      description =
          "Append a JSON line for each tool call that the model asks for, with its arguments and"
              + " the decision. An assessment reads it: groundTruth.ledger: {file: FILE, format:"
              + " gateway}.")
  @Nullable Path toolLog;

  @Option(
      names = "--operator-token",
      paramLabel = "FILE",
      description =
          "Token for 'redoubt guard approve' and 'deny', which decide what the policy wants"
              + " confirmed; made when the file does not exist.")
  @Nullable Path operatorToken;

  @Override
  public Integer call() throws Exception {
    ServerLogs.quiet();
    BooleanSupplier stop = Interrupts.install();
    Guard guard = Guard.load(policy);
    PrintWriter out = spec.commandLine().getOut();
    GatewayConfig config =
        new GatewayConfig(
                guard, uri(upstream), placeOf(place), host, port, event -> print(out, event))
            .withToolLog(toolLog == null ? null : ToolLog.open(toolLog, InstantSource.system()))
            .withOperatorToken(operatorToken == null ? null : token(operatorToken));
    try (Gateway gateway = Gateway.start(config)) {
      spec.commandLine()
          .getErr()
          .println(
              "guarding "
                  + upstream
                  + " at "
                  + gateway.baseUrl()
                  + " with "
                  + guard.policy().rules().size()
                  + " rules (Ctrl-C stops)");
      Interrupts.waitUntil(stop);
    }
    return ExitCode.INTERRUPTED;
  }

  /** Reads the token, or makes one that only this user can read. */
  private static String token(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      try {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
      } catch (IOException e) {
        throw new TargetUnreachableException(
            "--operator-token: " + file + " can't be written; give another file", e);
      }
    }
    return GuardDecide.read(file);
  }

  private static void print(PrintWriter out, GuardEvent event) {
    String line = Json.line(event);
    synchronized (out) {
      out.println(line);
    }
  }

  private static Place placeOf(String word) {
    for (Place candidate : Place.values()) {
      if (candidate.word().equals(word.toLowerCase(Locale.ROOT))) {
        return candidate;
      }
    }
    throw new UsageException("--place: '" + word + "' is none of front, back, both");
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--upstream: '" + text + "' is no URL; write http://HOST:PORT/v1", e);
    }
  }
}
