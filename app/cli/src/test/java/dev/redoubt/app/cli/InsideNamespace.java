package dev.redoubt.app.cli;

import dev.redoubt.testkit.Encoding;
import dev.redoubt.testkit.StubEndpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@link CallsNobodyElseTest} starts in a network namespace of its own: a stub endpoint, and
 * one command after the other beside it, each in a process of its own as a user would start it.
 */
final class InsideNamespace {
  static final String SECRET = "kx7-Wq2Lm9Zr4Tb8";

  private InsideNamespace() {}

  /**
   * One command and what the kernel counted while it ran.
   *
   * @param name what was run
   * @param exit its exit code
   * @param output what it printed, and its errors
   * @param calls chat calls that reached the target
   * @param connections TCP connections that were begun, to whatever address
   * @param datagrams UDP datagrams that were sent, questions to a name server above all
   * @param noRoute attempts to send to an address that is not on this machine
   */
  record Ran(
      String name,
      int exit,
      String output,
      int calls,
      long connections,
      long datagrams,
      long noRoute) {}

  /** Takes an empty folder and prints one JSON line for each {@link Ran}. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    try (StubEndpoint stub =
        StubEndpoint.builder().leak(SECRET, Encoding.PLAIN).withoutRecording().start()) {
      String url = stub.baseUrl().toString();
      Path system = folder.resolve("redoubt.yaml");
      Files.writeString(system, yaml(url));
      String fact = "KEY=" + SECRET;
      String out = folder.resolve("report").toString();
      print(
          run(folder, stub, "assess", system.toString(), "--out", out, "--max-calls", "40"),
          run(folder, stub, chat(url, "--fact", fact)),
          // Both of these want to go elsewhere: the counters must show it, or they prove nothing.
          run(folder, stub, chat("http://192.0.2.1/v1", "--fact", fact)),
          run(folder, stub, chat("http://shop.example/v1", "--fact", fact)));
    }
  }

  private static String yaml(String url) {
    return """
    redoubt: 1
    name: Shop
    components:
      - {name: bot, type: endpoint, url: "%s", groundTruth: {facts: [{name: KEY, value: %s}]}}
    """
        .formatted(url, SECRET);
  }

  private static String[] chat(String url, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "attack",
                "chat",
                "--url",
                url,
                "--objective",
                "secret-leak",
                "--technique",
                "direct",
                "--seed",
                "7",
                "--repetitions",
                "2"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private static Ran run(Path folder, StubEndpoint stub, String... args)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    long[] before = counters();
    int calls = stub.calls();
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    long[] after = counters();
    return new Ran(
        String.join(" ", args),
        exit,
        output,
        stub.calls() - calls,
        after[0] - before[0],
        after[1] - before[1],
        after[2] - before[2]);
  }

  /** Connections, datagrams and packets without a route so far in this namespace. */
  private static long[] counters() throws IOException {
    List<String> v4 = Files.readAllLines(Path.of("/proc/self/net/snmp"));
    List<String> v6 = Files.readAllLines(Path.of("/proc/self/net/snmp6"));
    return new long[] {
      v4(v4, "Tcp:", "ActiveOpens"),
      v4(v4, "Udp:", "OutDatagrams") + v6(v6, "Udp6OutDatagrams"),
      v4(v4, "Ip:", "OutNoRoutes") + v6(v6, "Ip6OutNoRoutes")
    };
  }

  /** A line of names and below it a line of numbers. */
  private static long v4(List<String> lines, String table, String name) {
    List<String[]> rows =
        lines.stream().filter(l -> l.startsWith(table)).map(l -> l.split(" ")).toList();
    int column = List.of(rows.getFirst()).indexOf(name);
    return Long.parseLong(rows.getLast()[column]);
  }

  private static long v6(List<String> lines, String name) {
    return lines.stream()
        .map(l -> l.split("\\s+"))
        .filter(words -> words[0].equals(name))
        .mapToLong(words -> Long.parseLong(words[1]))
        .sum();
  }

  private static void print(Ran... ran) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (Ran one : ran) {
      out.println(JsonMapper.shared().writeValueAsString(one));
    }
  }
}
