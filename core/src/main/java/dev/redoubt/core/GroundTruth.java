package dev.redoubt.core;

import dev.redoubt.core.Component.Plant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What makes a verdict on an endpoint certain. Paths are relative to the folder of {@code
 * redoubt.yaml}.
 *
 * @param facts planted facts
 * @param factsFile file of {@code NAME=VALUE} lines; the kind of each comes from its name, see
 *     {@link FactsFile}
 * @param documentsFile JSON-lines file of the indexed documents: {@code {"id", "text",
 *     "visibility": "public"|"customer"|"internal", "owner"?}}
 * @param ledger where the system's tool calls are recorded; absent when nowhere
 * @param sinkUrl base URL of the attacker's own sink; absent lets the run open one on loopback
 * @param plants how outsiders get a text into what the system reads, one a channel
 * @param systemPrompt the instructions of the assistant, word for word
 * @param systemPromptFile file of those instructions, in the place of {@code systemPrompt}
 * @param statements facts that the assistant must tell as they are declared
 * @param policies rules that a program can check
 * @param wallet what one answer may use up; absent when nothing is declared
 * @param page how the application's own page shows an answer; absent when nothing is declared
 * @param files where the system may write files; absent when nothing is declared
 * @param agent what is true of it as an agent: its memory, its mail, its tool servers
 * @since 0.1.0
 */
public record GroundTruth(
    List<PlantedFact> facts,
    @Nullable String factsFile,
    @Nullable String documentsFile,
    @Nullable Ledger ledger,
    @Nullable String sinkUrl,
    List<Plant> plants,
    @Nullable String systemPrompt,
    @Nullable String systemPromptFile,
    List<Statement> statements,
    List<Policy> policies,
    @Nullable Wallet wallet,
    @Nullable Page page,
    @Nullable Files files,
    AgentTruth agent) {
  /** Default difference that clocks may have, in seconds. */
  public static final double CLOCK_SKEW = 5;

  /** No ground truth at all: every objective on it stays unassessed. */
  public static final GroundTruth NONE = builder().build();

  public GroundTruth {
    facts = List.copyOf(facts);
    plants = List.copyOf(plants);
    statements = List.copyOf(statements);
    policies = List.copyOf(policies);
  }

  /**
   * Where tool calls are recorded.
   *
   * @param file the file
   * @param format how its lines read
   * @param clockSkewSeconds how far time stamps may lie outside of the call that caused them
   * @param settleSeconds how long after an answer its records may still come; exporters write in
   *     batches
   */
  public record Ledger(String file, Format format, double clockSkewSeconds, double settleSeconds) {
    /** The short form: a line of JSON a call, written before the answer. */
    public static Ledger jsonl(String file) {
      return new Ledger(file, Format.JSONL, CLOCK_SKEW, 0);
    }

    /** How the lines of a ledger read. */
    public enum Format {
      /** {@code {"tool", "arguments": {…}, "caller"?, "status"?, "at"?, "seq"?}}. */
      JSONL,
      /** OTLP JSON lines, as the file exporter of the OpenTelemetry collector writes traces. */
      OTEL,
      /** The tool log of Redoubt's guard gateway. */
      GATEWAY
    }
  }

  /**
   * A fact that the assistant must tell as declared.
   *
   * @param name its name
   * @param question an ordinary question that it answers
   * @param value the value
   * @param unit unit of a number, such as {@code days}; absent for text and bare numbers
   * @param accept other ways to write the value
   * @param wrong values that people may be led to believe
   */
  public record Statement(
      String name,
      String question,
      String value,
      @Nullable String unit,
      List<String> accept,
      List<String> wrong) {
    public Statement {
      accept = List.copyOf(accept);
      wrong = List.copyOf(wrong);
    }
  }

  /**
   * What one answer may use up; each is absent when it has no limit.
   *
   * @param maxCompletionTokens tokens of the answer
   * @param maxToolCalls tool calls in the ledger
   * @param maxSeconds time to the whole answer
   * @param maxCostPerAnswer cost, in the currency of the endpoint's price
   */
  public record Wallet(
      @Nullable Long maxCompletionTokens,
      @Nullable Long maxToolCalls,
      @Nullable Double maxSeconds,
      @Nullable Double maxCostPerAnswer) {}

  /**
   * How the application's own page shows an answer.
   *
   * @param insert how an answer gets into a page that the run makes; without meaning beside a URL
   * @param url page of the application that shows the answer, opened after it; {@code {{reply}}}
   *     stands for the answer, escaped for an address; absent lets the run make the page
   */
  public record Page(Insert insert, @Nullable String url) {
    /** How an answer gets into a page. */
    public enum Insert {
      /** By the page's script as inner HTML, as chat pages do: script elements do not run. */
      INNER_HTML,
      /** By the server, as it is: its tags are tags of the page. */
      HTML,
      /** As Markdown, whose HTML is left as it is, and then as inner HTML. */
      MARKDOWN,
      /** As text: its tags are shown. */
      TEXT
    }
  }

  /**
   * Where the system may write files.
   *
   * @param folder where it may
   * @param outside a folder around that one, in which nothing else may appear
   */
  public record Files(String folder, String outside) {}

  /** File of the ledger; absent when there is none. */
  public @Nullable String ledgerFile() {
    return ledger == null ? null : ledger.file();
  }

  /** The channel {@code ticket}; absent when there is none. */
  public @Nullable Plant plant() {
    return plant(Plant.TICKET).orElse(null);
  }

  /** How an outsider gets a text in by a channel. */
  public Optional<Plant> plant(String channel) {
    return plants.stream().filter(p -> p.channel().equals(channel)).findFirst();
  }

  /** Policies of a kind, in order. */
  public <T extends Policy> List<T> policies(Class<T> kind) {
    return policies.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Starts with nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts with what is here. */
  public Builder toBuilder() {
    var builder = new Builder();
    builder.facts.addAll(facts);
    builder.factsFile = factsFile;
    builder.documentsFile = documentsFile;
    builder.ledger = ledger;
    builder.sinkUrl = sinkUrl;
    builder.plants.addAll(plants);
    builder.systemPrompt = systemPrompt;
    builder.systemPromptFile = systemPromptFile;
    builder.statements.addAll(statements);
    builder.policies.addAll(policies);
    builder.wallet = wallet;
    builder.page = page;
    builder.files = files;
    builder.agent = agent;
    return builder;
  }

  /** Gathers ground truth part by part; null and empty lists add nothing. Not thread-safe. */
  public static final class Builder {
    private final List<PlantedFact> facts = new ArrayList<>();
    private final List<Plant> plants = new ArrayList<>();
    private final List<Statement> statements = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private @Nullable String factsFile;
    private @Nullable String documentsFile;
    private @Nullable Ledger ledger;
    private @Nullable String sinkUrl;
    private @Nullable String systemPrompt;
    private @Nullable String systemPromptFile;
    private @Nullable Wallet wallet;
    private @Nullable Page page;
    private @Nullable Files files;
    private AgentTruth agent = AgentTruth.NONE;

    private Builder() {}

    /** Adds planted facts. */
    public Builder facts(List<PlantedFact> all) {
      facts.addAll(all);
      return this;
    }

    /** Names the file of planted facts. */
    public Builder factsFile(@Nullable String file) {
      factsFile = file;
      return this;
    }

    /** Names the file of indexed documents. */
    public Builder documentsFile(@Nullable String file) {
      documentsFile = file;
      return this;
    }

    /** Says where tool calls are recorded. */
    public Builder ledger(@Nullable Ledger where) {
      ledger = where;
      return this;
    }

    /** Names a ledger of JSON lines, the short form. */
    public Builder ledgerFile(@Nullable String file) {
      return ledger(file == null ? null : Ledger.jsonl(file));
    }

    /** Names the attacker's sink. */
    public Builder sinkUrl(@Nullable String url) {
      sinkUrl = url;
      return this;
    }

    /** Adds a channel by which outsiders get a text in. */
    public Builder plant(@Nullable Plant plant) {
      if (plant != null) {
        plants.add(plant);
      }
      return this;
    }

    /** Gives the instructions of the assistant. */
    public Builder systemPrompt(@Nullable String text) {
      systemPrompt = text;
      return this;
    }

    /** Names the file of the instructions. */
    public Builder systemPromptFile(@Nullable String file) {
      systemPromptFile = file;
      return this;
    }

    /** Adds declared statements. */
    public Builder statements(List<Statement> all) {
      statements.addAll(all);
      return this;
    }

    /** Adds policies. */
    public Builder policies(List<Policy> all) {
      policies.addAll(all);
      return this;
    }

    /** Says what one answer may use up. */
    public Builder wallet(@Nullable Wallet limits) {
      wallet = limits;
      return this;
    }

    /** Says how the application's page shows an answer. */
    public Builder page(@Nullable Page how) {
      page = how;
      return this;
    }

    /** Says where the system may write files. */
    public Builder files(@Nullable Files where) {
      files = where;
      return this;
    }

    /** Says what is true of it as an agent. */
    public Builder agent(AgentTruth truth) {
      agent = truth;
      return this;
    }

    /** Gives what was gathered. */
    public GroundTruth build() {
      return new GroundTruth(
          facts,
          factsFile,
          documentsFile,
          ledger,
          sinkUrl,
          plants,
          systemPrompt,
          systemPromptFile,
          statements,
          policies,
          wallet,
          page,
          files,
          agent);
    }
  }
}
