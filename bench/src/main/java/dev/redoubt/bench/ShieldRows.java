package dev.redoubt.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gathers the texts of every {@link ShieldSet}: rows of labelled data, and generated ones. */
final class ShieldRows {
  /** How many texts of a kind are generated. */
  static final int GENERATED = 200;

  /** Most texts of a set; of more, as many are drawn. */
  static final int MOST = 400;

  /** What the generated texts and the drawing follow from. */
  static final long SEED = 2026;

  private static final Set<String> TYPED =
      Set.of("deepset-prompt-injections", "in-the-wild-2023-12", "spikee");
  private static final Set<String> CHATS =
      Set.of("voice_command", "small_talk", "user_question", "sentence");
  private static final Set<String> CHECKABLE =
      Set.of("CREDIT_CARD", "EMAIL_ADDRESS", "PHONE_NUMBER", "US_SSN", "IBAN_CODE");

  /** Documents that read like what an assistant answers. */
  private static final Set<String> LIKE_ANSWERS =
      Set.of("document_manual", "document_recipe", "document_guide", "document_code");

  private static final String COMPOSED = "composed-2";

  private final Map<ShieldSet, Set<String>> texts = new EnumMap<>(ShieldSet.class);

  private ShieldRows() {}

  /**
   * Reads {@code dev.jsonl} and {@code train.jsonl} of a folder where they are, and generates the
   * rest.
   *
   * @throws IOException naming the file and the line that can't be read
   */
  static Map<ShieldSet, List<String>> gather(Path data) throws IOException {
    var rows = new ShieldRows();
    rows.generate();
    rows.read(data.resolve("dev.jsonl"), true);
    rows.read(data.resolve("train.jsonl"), false);
    var all = new EnumMap<ShieldSet, List<String>>(ShieldSet.class);
    for (ShieldSet set : ShieldSet.values()) {
      // The generated part alone would be another set.
      boolean there = files(data, set).stream().allMatch(Files::exists);
      all.put(set, there ? drawn(rows.texts.getOrDefault(set, Set.of())) : List.of());
    }
    return all;
  }

  private static List<String> drawn(Set<String> texts) {
    var all = new ArrayList<>(texts);
    if (all.size() <= MOST) {
      return List.copyOf(all);
    }
    Collections.shuffle(all, new Random(SEED));
    return List.copyOf(all.subList(0, MOST));
  }

  /** The files that a set can't do without. */
  static List<Path> files(Path data, ShieldSet set) {
    Path dev = data.resolve("dev.jsonl");
    Path train = data.resolve("train.jsonl");
    return switch (set.origin()) {
      case DEV -> List.of(dev);
      case TRAIN -> List.of(train);
      case MIXED -> List.of(dev, train);
      case GENERATED -> List.of();
    };
  }

  private void generate() {
    add(ShieldSet.SECRETS, SecretTexts.make(new Random(SEED), GENERATED));
    add(ShieldSet.DATA_LINKS, LinkTexts.make(new Random(SEED), GENERATED));
    add(ShieldSet.WEB_ATTACKS, WebTexts.attacks(new Random(SEED), GENERATED));
    add(ShieldSet.CODE_QUESTIONS, WebTexts.questions(new Random(SEED), GENERATED));
    add(ShieldSet.ANSWERS, AnswerTexts.plain(new Random(SEED), GENERATED));
    add(ShieldSet.LINKED_ANSWERS, AnswerTexts.linked(new Random(SEED), GENERATED));
  }

  private void add(ShieldSet set, List<String> made) {
    texts.computeIfAbsent(set, s -> new LinkedHashSet<>()).addAll(made);
  }

  private void read(Path file, boolean dev) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    int number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          row(JsonMapper.shared().readTree(line), dev);
        }
      }
    } catch (JacksonException | IOException e) {
      throw new IOException(file + ", line " + number + ": can't be read: " + e.getMessage(), e);
    }
  }

  private void row(JsonNode row, boolean dev) {
    String text = row.path("text").asString("");
    if (text.isEmpty()) {
      return;
    }
    String kind = row.path("kind").asString("");
    String source = row.path("source").asString("");
    boolean attack = row.path("label").asInt(0) == 1;
    for (ShieldSet set : dev ? dev(attack, kind, source, text) : train(attack, kind, row, text)) {
      add(set, List.of(text));
    }
  }

  private static List<ShieldSet> dev(boolean attack, String kind, String source, String text) {
    var sets = new ArrayList<ShieldSet>();
    boolean composed = source.equals(COMPOSED);
    if (attack) {
      if (kind.startsWith("multilingual_")) {
        sets.add(ShieldSet.FOREIGN_ATTACKS);
      } else if (kind.startsWith("obfuscated_")) {
        sets.add(ShieldSet.ENCODED_ATTACKS);
      } else if (kind.startsWith("indirect_") && !composed) {
        sets.add(ShieldSet.DOCUMENT_ATTACKS);
      } else if (TYPED.contains(source)) {
        sets.add(ShieldSet.TYPED_ATTACKS);
      }
      return sets;
    }
    if (CHATS.contains(kind)) {
      sets.add(ShieldSet.CHATS);
    } else if (kind.startsWith("hard_negative")) {
      sets.add(ShieldSet.TRIGGER_WORDS);
    } else if (kind.startsWith("benign_encoded_")) {
      sets.add(ShieldSet.ENCODED_CHATS);
    } else if ((kind.startsWith("document_") || kind.equals("tool_output")) && !composed) {
      sets.add(ShieldSet.DOCUMENTS);
    }
    if (LIKE_ANSWERS.contains(kind)) {
      sets.add(answers(text));
    }
    return sets;
  }

  private static List<ShieldSet> train(boolean attack, String kind, JsonNode row, String text) {
    if (attack) {
      return List.of();
    }
    for (JsonNode span : row.path("spans")) {
      if (kind.equals("pii") && CHECKABLE.contains(span.path(0).asString(""))) {
        return List.of(ShieldSet.PERSONAL_DATA);
      }
    }
    return kind.equals("document_code") ? List.of(answers(text)) : List.of();
  }

  private static ShieldSet answers(String text) {
    return text.contains("://") || text.contains("](") || text.contains("www.")
        ? ShieldSet.LINKED_ANSWERS
        : ShieldSet.ANSWERS;
  }
}
