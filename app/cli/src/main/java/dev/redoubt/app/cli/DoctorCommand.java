package dev.redoubt.app.cli;

import dev.redoubt.runtime.llm.ModelSpec;
import dev.redoubt.runtime.llm.ModelStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description =
        "Check what Redoubt needs on this machine: JDK, Maven, pip, the local model, ports, disk.",
    footer = {
      "",
      "Example: redoubt doctor",
      "Exit code 3 when something that the demo needs is missing."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final long MODEL_SPACE = 1_200_000_000L;
  @Spec CommandSpec spec;

  private record Check(String what, boolean ok, boolean needed, String detail) {}

  @Override
  public Integer call() {
    List<Check> checks = List.of(jdk(), maven(), pip(), model(), ports(), disk());
    PrintWriter out = spec.commandLine().getOut();
    for (Check check : checks) {
      out.printf(
          "%-8s %-8s %s%n",
          check.ok() ? "ok" : check.needed() ? "MISSING" : "note", check.what(), check.detail());
    }
    boolean well = checks.stream().allMatch(c -> c.ok() || !c.needed());
    return well ? ExitCode.OK : ExitCode.UNREACHABLE;
  }

  private static Check jdk() {
    int feature = Runtime.version().feature();
    return new Check(
        "JDK",
        feature >= 25,
        true,
        "Java " + Runtime.version() + " in " + System.getProperty("java.home"));
  }

  private static Check maven() {
    String version = firstLine("mvn", "--version");
    return version.isEmpty()
        ? new Check(
            "Maven",
            false,
            false,
            "mvn does not run: needed to build after a change (Debian: apt-get install maven)")
        : new Check("Maven", true, false, version);
  }

  private static Check pip() {
    String version = firstLine("python3", "-m", "pip", "--version");
    return version.isEmpty()
        ? new Check(
            "pip",
            false,
            false,
            "python3 -m pip does not run: needed where the model hub cannot be reached (Debian: apt-get install python3-pip)")
        : new Check("pip", true, false, version);
  }

  private static Check model() {
    return ModelStore.standard()
        .find(ModelSpec.DEFAULT)
        .map(path -> new Check("model", true, true, ModelSpec.DEFAULT.name() + " at " + path))
        .orElseGet(() ->
            new Check(
                "model",
                false,
                true,
                ModelSpec.DEFAULT.name() + " is not here: redoubt model pull"));
  }

  private static Check ports() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Check(
          "ports", true, true, "loopback gives free ports (" + socket.getLocalPort() + ")");
    } catch (IOException e) {
      return new Check("ports", false, true, "cannot listen on loopback: " + e.getMessage());
    }
  }

  private static Check disk() {
    Path here = Path.of("").toAbsolutePath();
    try {
      long free = Files.getFileStore(here).getUsableSpace();
      return new Check("disk", free > MODEL_SPACE, false, Words.bytes(free) + " free here");
    } catch (IOException e) {
      return new Check("disk", false, false, Words.ofIo(e));
    }
  }

  private static String firstLine(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      try (var reader = process.inputReader()) {
        String line = reader.lines().filter(l -> !l.startsWith("WARNING")).findFirst().orElse("");
        boolean ended = process.waitFor(20, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0 ? line.replaceAll("\u001b\\[[0-9;]*m", "") : "";
      }
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
