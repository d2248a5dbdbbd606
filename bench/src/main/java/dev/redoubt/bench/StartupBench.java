package dev.redoubt.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import picocli.CommandLine;

/**
 * Times {@code ./redoubt --help} and {@code ./redoubt rules list} from the shell against a
 * hello-world picocli jar with its own AOT cache and the same flags. Rounds are interleaved, so
 * that a busy machine slows all alike; medians are compared.
 */
public final class StartupBench {
  private static final double LIMIT = 1.3;
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Dpicocli.disable.closures=true",
          "-Xlog:disable",
          "-Xlog:all=off",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dfile.encoding=UTF-8",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8",
          "-Djava.awt.headless=true");

  private StartupBench() {}

  /**
   * Runs the benchmark and exits with 1 when a row is missed.
   *
   * @param args number of rounds, 21 when absent
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 21;
    Path home = Path.of(System.getProperty("redoubt.home"));
    Path folder = Files.createTempDirectory("redoubt-startup");
    List<String> hello = helloCommand(folder);
    List<String> help = List.of(home.resolve("redoubt").toString(), "--help");
    List<String> rules = List.of(home.resolve("redoubt").toString(), "rules", "list");
    List<List<String>> commands = List.of(hello, help, rules);
    List<List<Double>> times = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = -2; round < rounds; round++) {
      for (int i = 0; i < commands.size(); i++) {
        double millis = time(commands.get(i));
        if (round >= 0) {
          times.get(i).add(millis);
        }
      }
    }
    double base = median(times.getFirst());
    System.out.printf(Locale.ROOT, "rounds %d, medians in ms%n", rounds);
    System.out.printf(Locale.ROOT, "%-24s %7.0f%n", "hello picocli, AOT", base);
    boolean met = true;
    String[] names = {"", "./redoubt --help", "./redoubt rules list"};
    for (int i = 1; i < names.length; i++) {
      double ratio = median(times.get(i)) / base;
      boolean ok = ratio <= LIMIT;
      met &= ok;
      System.out.printf(
          Locale.ROOT,
          "%-24s %7.0f  ratio %.2f (limit %.1f) %s%n",
          names[i],
          median(times.get(i)),
          ratio,
          LIMIT,
          ok ? "reached" : "MISSED");
    }
    System.exit(met ? 0 : 1);
  }

  private static List<String> helloCommand(Path folder) throws IOException, InterruptedException {
    Path picocli = folder.resolve("picocli.jar");
    Files.copy(
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().getPath()),
        picocli);
    Path jar = folder.resolve("hello.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "picocli.jar");
    String name = Hello.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        InputStream bytes = Hello.class.getResourceAsStream("/" + name)) {
      if (bytes == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      entries.putNextEntry(new JarEntry(name));
      bytes.transferTo(entries);
    }
    Path cache = folder.resolve("hello.aot");
    List<String> command = java(List.of("-XX:AOTCacheOutput=" + cache), jar);
    time(command);
    if (!Files.isReadable(cache)) {
      throw new IllegalStateException(
          "the training run made no AOT cache: " + String.join(" ", command));
    }
    return java(List.of("-XX:AOTCache=" + cache), jar);
  }

  private static List<String> java(List<String> more, Path jar) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(FLAGS);
    command.addAll(more);
    command.addAll(List.of("-cp", jar.toString(), Hello.class.getName(), "--help"));
    return command;
  }

  private static double time(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = process.waitFor();
    double millis = (System.nanoTime() - start) / 1e6;
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
    }
    return millis;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
