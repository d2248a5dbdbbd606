package dev.redoubt.bench;

import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tool that says of a text whether it would stop it. */
sealed interface Shield {
  /** Its name, for people; different for each way to use the same tool. */
  String name();

  /** Version and settings. */
  String settings();

  /** What it is made for, in one sentence. */
  String purpose();

  /**
   * Looks at every text, one after the other.
   *
   * @throws IOException when the tool can't be run or does not answer for every text
   */
  List<Seen> look(List<Shown> texts) throws IOException, InterruptedException;

  /** A text as a tool is shown it. */
  record Shown(String text, Role role) {}

  /**
   * What a tool made of a text.
   *
   * @param stopped whether it would not pass as it is
   * @param micros how long the tool took, measured in its own process
   */
  record Seen(boolean stopped, long micros) {}

  /** This product's guard by the policy of {@code redoubt guard check}. */
  record Ours(Guard guard) implements Shield {
    /** The guard as it comes. */
    static Ours standard() {
      return new Ours(Guard.of(Policy.standard()));
    }

    @Override
    public String name() {
      return "Redoubt guard";
    }

    @Override
    public String settings() {
      return "this build, by the policy of `redoubt guard check`, which knows neither the system"
          + " prompt nor a host that may be linked; stopped is what does not pass as it is,"
          + " rewritten answers included";
    }

    @Override
    public String purpose() {
      return "Made for what goes into a language model and comes out of it; it does not look for"
          + " attacks on the web server behind it.";
    }

    @Override
    public List<Seen> look(List<Shown> texts) {
      var seen = new ArrayList<Seen>();
      for (Shown shown : texts) {
        long begun = System.nanoTime();
        Verdict verdict = guard.check(shown.role(), shown.text());
        long micros = (System.nanoTime() - begun) / 1_000;
        seen.add(new Seen(!(verdict instanceof Verdict.Allow), micros));
      }
      return seen;
    }
  }

  /**
   * A program that reads {@code {"text", "place"}} lines and writes {@code {"flagged", "micros"}}
   * lines.
   */
  record Program(
      String name,
      String settings,
      String purpose,
      List<String> command,
      Map<String, String> environment)
      implements Shield {
    private static final int MOST_MINUTES = 60;

    public Program {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    @Override
    public List<Seen> look(List<Shown> texts) throws IOException, InterruptedException {
      Path folder = Files.createTempDirectory("redoubt-shields");
      Path in = folder.resolve("in.jsonl");
      Path out = folder.resolve("out.jsonl");
      Path said = folder.resolve("said.txt");
      try {
        write(in, texts);
        var builder =
            new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
          if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            throw new IOException(name + " took more than " + MOST_MINUTES + " minutes");
          }
        } finally {
          process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
          throw new IOException(
              name + " ended with " + process.exitValue() + ":\n" + Files.readString(said));
        }
        return read(out, texts.size());
      } finally {
        for (Path file : List.of(in, out, said, folder)) {
          Files.deleteIfExists(file);
        }
      }
    }

    private static void write(Path file, List<Shown> texts) throws IOException {
      try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        for (Shown shown : texts) {
          String place = shown.role() == Role.ANSWER ? "response" : "request";
          writer.write(
              JsonMapper.shared().writeValueAsString(Map.of("text", shown.text(), "place", place)));
          writer.write('\n');
        }
      }
    }

    private List<Seen> read(Path file, int wanted) throws IOException {
      var seen = new ArrayList<Seen>();
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        try {
          JsonNode node = JsonMapper.shared().readTree(line);
          seen.add(
              new Seen(node.required("flagged").asBoolean(), node.required("micros").asLong()));
        } catch (JacksonException e) {
          throw new IOException(name + " wrote no result: " + line, e);
        }
      }
      if (seen.size() != wanted) {
        throw new IOException(name + " answered " + seen.size() + " of " + wanted + " texts");
      }
      return seen;
    }
  }
}
