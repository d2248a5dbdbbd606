package dev.redoubt.inspect.artifact.internal.json;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Texts;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;

/** Reads JSON texts and hands them to the kinds of JSON that mean something to a loader. */
@AutoService(FormatReader.class)
public final class JsonReader implements FormatReader {
  /** Files that a loader of models reads by this very name. */
  private static final Set<String> CONFIGURATIONS =
      Set.of(
          "config.json",
          "tokenizer_config.json",
          "generation_config.json",
          "processor_config.json",
          "preprocessor_config.json",
          "adapter_config.json",
          "model_index.json",
          "modules.json",
          "special_tokens_map.json",
          "chat_template.json",
          "schema.json",
          "metadata.json",
          "quantize_config.json",
          "quantization_config.json",
          "params.json",
          "image_processor_config.json",
          "video_preprocessor_config.json",
          "scheduler_config.json",
          "added_tokens.json");

  /** Large tables of tokens, whose loaders are no Python and look nothing up. */
  private static final Set<String> TABLES = Set.of("tokenizer.json", "vocab.json", "merges.json");

  private static final class Kinds {
    static final List<JsonFormat> ALL =
        ServiceLoader.load(JsonFormat.class, JsonFormat.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(java.util.Comparator.comparing(kind -> kind.getClass().getName()))
            .toList();
  }

  /** Made by {@link java.util.ServiceLoader}. */
  public JsonReader() {}

  @Override
  public String id() {
    return "json";
  }

  @Override
  public boolean claims(Head head, String name) {
    int i = head.startsWith(0xef, 0xbb, 0xbf) ? 3 : 0;
    while (i < head.length()
        && (head.at(i) == ' ' || head.at(i) == '\n' || head.at(i) == '\r' || head.at(i) == '\t')) {
      i++;
    }
    boolean opens = head.at(i) == '{' || head.at(i) == '[';
    String lower = name.toLowerCase(Locale.ROOT);
    return opens
        && Texts.looksLikeText(head)
        && !lower.endsWith(".ipynb")
        && !lower.endsWith(".jsonl")
        && !TABLES.contains(lower)
        && (lower.endsWith(".json") || second(head, i));
  }

  /** A text of another name has to go on as JSON does. */
  private static boolean second(Head head, int open) {
    int i = open + 1;
    while (i < head.length() && Character.isWhitespace(head.at(i))) {
      i++;
    }
    return head.at(open) == '{' ? head.at(i) == '"' : head.at(i) == '{';
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    String name = context.name().toLowerCase(Locale.ROOT);
    boolean named =
        CONFIGURATIONS.contains(name)
            || name.endsWith(".index.json")
            || name.endsWith("symbol.json");
    Json json;
    try {
      json = Json.read(new BufferedInputStream(source.stream(0), 1 << 14));
    } catch (MalformedException e) {
      if (named || e.offset() == Json.BOMB) {
        throw e;
      }
      context.format("text");
      return;
    }
    context.format("JSON");
    boolean strict = named;
    for (JsonFormat kind : Kinds.ALL) {
      if (kind.recognises(json.root(), name)) {
        strict |= kind.strict();
        kind.read(json, context);
      }
    }
    if (strict && !json.duplicates().isEmpty()) {
      context.observe(
          EngineRules.MALFORMED,
          Verdict.UNPROVEN,
          "a key stands twice, of which each parser takes another one: " + json.duplicates(),
          -1);
    }
    if (strict && json.cut()) {
      context.note("larger than is looked at to its end");
    }
  }
}
