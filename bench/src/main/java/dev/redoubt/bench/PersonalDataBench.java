package dev.redoubt.bench;

import dev.redoubt.detect.PersonalDataScanner;
import dev.redoubt.detect.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the recognisers of personal data against labelled spans, by type.
 *
 * <p>A labelled span is found when a span of its type covers at least half of it; a span is right
 * when it shares a character with a label of its type. Rows are JSON lines with {@code text} and
 * {@code spans}: lists of label, start and end in code points.
 */
public final class PersonalDataBench {
  /** Names of other people's label sets, and what we call the same. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("EMAIL_ADDRESS", "email"),
          Map.entry("EMAIL", "email"),
          Map.entry("PHONE_NUMBER", "phone"),
          Map.entry("PHONE", "phone"),
          Map.entry("CREDIT_CARD", "card"),
          Map.entry("IBAN_CODE", "iban"),
          Map.entry("IBAN", "iban"),
          Map.entry("IP_ADDRESS", "ip-address"),
          Map.entry("US_SSN", "us-ssn"),
          Map.entry("STREET_ADDRESS", "address"),
          Map.entry("ZIP_CODE", "address"),
          Map.entry("PERSON", "person"));

  /** Labels that an address may reach into without being wrong. */
  private static final Set<String> PARTS_OF_ADDRESSES = Set.of("GPE", "LOCATION", "ZIP_CODE");

  private static final class Counts {
    int labelled;
    int found;
    int claimed;
    int right;
  }

  private record Label(String type, int start, int end) {}

  private final Map<String, Counts> counts = new TreeMap<>();
  private final List<String> missed = new ArrayList<>();
  private final boolean shown;

  private PersonalDataBench(boolean shown) {
    this.shown = shown;
  }

  /**
   * Measures.
   *
   * @param args files of labelled rows; without any those of the shared training set; {@code
   *     --misses} prints what was missed and what was wrong
   */
  public static void main(String[] args) throws IOException {
    boolean shown = List.of(args).contains("--misses");
    List<Path> files = new ArrayList<>();
    for (String arg : args) {
      if (!arg.equals("--misses")) {
        files.add(Path.of(arg));
      }
    }
    String shared = System.getenv("REDOUBT_SHARED");
    if (files.isEmpty() && shared != null) {
      files.add(Path.of(shared, "data", "prompts", "train.jsonl"));
    }
    if (files.isEmpty() || !files.stream().allMatch(Files::isRegularFile)) {
      System.out.println(
          "skipped: no labelled rows; usage: ./redoubt bench personal-data FILE.jsonl...,"
              + " rows {\"text\", \"spans\": [[LABEL, start, end], ...]}");
      return;
    }
    var bench = new PersonalDataBench(shown);
    for (Path file : files) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.contains("\"spans\"") && !line.contains("\"INJECTION\"")) {
            bench.row(JsonMapper.shared().readTree(line));
          }
        }
      }
    }
    bench.report();
  }

  private void row(JsonNode row) {
    String text = row.path("text").asString();
    List<Label> labels = new ArrayList<>();
    for (JsonNode span : row.path("spans")) {
      labels.add(
          new Label(
              span.get(0).asString(),
              text.offsetByCodePoints(0, span.get(1).asInt()),
              text.offsetByCodePoints(0, span.get(2).asInt())));
    }
    List<Span> spans = PersonalDataScanner.scan(text);
    for (Label label : labels) {
      String type = TYPES.get(label.type());
      if (type != null) {
        boolean found = spans.stream().anyMatch(s -> s.type().equals(type) && covers(s, label));
        Counts count = counts.computeIfAbsent(type, t -> new Counts());
        count.labelled++;
        count.found += found ? 1 : 0;
        note(!found, "missed", type, text, label.start(), label.end());
      }
    }
    for (Span span : spans) {
      Counts count = counts.computeIfAbsent(span.type(), t -> new Counts());
      boolean right = labels.stream().anyMatch(l -> isRight(span, l));
      count.claimed++;
      count.right += right ? 1 : 0;
      note(!right, "wrong", span.type(), text, span.start(), span.end());
    }
  }

  private void note(boolean wanted, String what, String type, String text, int start, int end) {
    if (wanted && shown) {
      missed.add(
          what
              + " "
              + type
              + ": "
              + text.substring(Math.max(0, start - 40), start)
              + "[["
              + text.substring(start, end)
              + "]]"
              + text.substring(end, Math.min(text.length(), end + 20)));
    }
  }

  private static boolean covers(Span span, Label label) {
    int shared = Math.min(span.end(), label.end()) - Math.max(span.start(), label.start());
    return shared > 0 && shared * 2 >= label.end() - label.start();
  }

  private static boolean isRight(Span span, Label label) {
    String type = TYPES.getOrDefault(label.type(), "");
    boolean same =
        type.equals(span.type())
            || (span.type().equals("address") && PARTS_OF_ADDRESSES.contains(label.type()))
            || (span.type().equals("date-of-birth") && label.type().equals("DATE_TIME"));
    return same && span.start() < label.end() && label.start() < span.end();
  }

  private void report() {
    missed.forEach(m -> System.out.println(m.replace('\n', '|')));
    System.out.println("| type | labelled | recall | found by us | precision |");
    System.out.println("| --- | ---: | ---: | ---: | ---: |");
    counts.forEach((type, c) ->
        System.out.printf(
            Locale.ROOT,
            "| %s | %d | %s | %d | %s |%n",
            type,
            c.labelled,
            share(c.found, c.labelled),
            c.claimed,
            share(c.right, c.claimed)));
  }

  private static String share(int part, int whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.3f", (double) part / whole);
  }
}
