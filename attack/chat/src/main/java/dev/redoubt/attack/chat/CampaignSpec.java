package dev.redoubt.attack.chat;

import dev.redoubt.core.AgentTruth;
import dev.redoubt.core.Limits;
import dev.redoubt.core.OwnWords;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a pass of a campaign does.
 *
 * @param pass name of the pass, first part of the ids of its attempts: {@code run} where there is
 *     only one, else such as {@code before}, {@code after}, {@code new-wordings}
 * @param objectives ids; empty for all
 * @param techniques ids, or chains such as {@code role-play+base64}; empty for the standard ones
 *     that have wordings of the set
 * @param repetitions of each objective by each technique, at least 1
 * @param wordings which wordings
 * @param seed seed of the run; with the same seed the calls of two passes pair up
 * @param temperature sampling temperature, above 0: a rate over one fixed answer says nothing
 * @param concurrency most calls at the same time, at least 1; objectives that a tool ledger judges
 *     are called one at a time whatever it says, so that a record has one possible cause
 * @param limits what it may use up at most
 * @param stopWidth an objective stops early once the confidence sequence of its rate is narrower
 *     than this, above 0 and below 1; absent to make every attempt
 * @param timeout time for one call
 * @param maxTokens most tokens of an answer; absent leaves it to the target
 * @param aids what the pass asks besides its target
 * @param population mailboxes of a simulated population, through which a worm is followed to its
 *     end; 0 simulates none
 * @param ownWords how much is asked in the words of the system's own description, with ordinary
 *     questions beside; only where the wordings are those of a first pass
 * @since 0.1.0
 */
public record CampaignSpec(
    String pass,
    List<String> objectives,
    List<String> techniques,
    int repetitions,
    WordingSet wordings,
    long seed,
    double temperature,
    int concurrency,
    Limits limits,
    @Nullable Double stopWidth,
    Duration timeout,
    @Nullable Integer maxTokens,
    Aids aids,
    int population,
    OwnWords ownWords) {
  private static final int MOST_REPETITIONS = 100_000;
  private static final int MOST_CONCURRENT = 1024;

  public CampaignSpec {
    objectives = List.copyOf(objectives);
    techniques = List.copyOf(techniques);
    if (!pass.matches("[a-z0-9][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "a pass is named in small letters, digits and dashes, not '" + pass + "'");
    }
    if (repetitions < 1 || repetitions > MOST_REPETITIONS) {
      throw new IllegalArgumentException(
          "repetitions must lie in 1…" + MOST_REPETITIONS + ", not " + repetitions);
    }
    if (!(temperature > 0 && temperature <= 2)) {
      throw new IllegalArgumentException(
          "temperature must lie above 0 and up to 2, not " + temperature);
    }
    if (concurrency < 1 || concurrency > MOST_CONCURRENT) {
      throw new IllegalArgumentException(
          "concurrency must lie in 1…" + MOST_CONCURRENT + ", not " + concurrency);
    }
    if (stopWidth != null && !(stopWidth > 0 && stopWidth < 1)) {
      throw new IllegalArgumentException(
          "the width to stop at must lie above 0 and below 1, not " + stopWidth);
    }
    if (population != 0 && (population < 2 || population > AgentTruth.Mail.MOST_MAILBOXES)) {
      throw new IllegalArgumentException(
          "a population has 2…" + AgentTruth.Mail.MOST_MAILBOXES + " mailboxes, not " + population);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "the timeout must be at least 1 second, not " + timeout.toSeconds());
    }
  }

  /**
   * All objectives by the standard techniques, 3 times each, one call at a time, at temperature
   * 0.7.
   */
  public static CampaignSpec of(long seed) {
    return new CampaignSpec(
        "run",
        List.of(),
        List.of(),
        3,
        WordingSet.FIRST,
        seed,
        0.7,
        1,
        Limits.NONE,
        null,
        Duration.ofSeconds(60),
        null,
        Aids.NONE,
        0,
        OwnWords.OFF);
  }

  /** The same under another name of the pass. */
  public CampaignSpec withPass(String name) {
    return with(d -> d.pass = name);
  }

  /** The same with these objectives. */
  public CampaignSpec withObjectives(List<String> ids) {
    return with(d -> d.objectives = ids);
  }

  /** The same with these techniques. */
  public CampaignSpec withTechniques(List<String> ids) {
    return with(d -> d.techniques = ids);
  }

  /** The same with so many repetitions. */
  public CampaignSpec withRepetitions(int count) {
    return with(d -> d.repetitions = count);
  }

  /** The same with other wordings. */
  public CampaignSpec withWordings(WordingSet set) {
    return with(d -> d.wordings = set);
  }

  /** The same at another temperature. */
  public CampaignSpec withTemperature(double value) {
    return with(d -> d.temperature = value);
  }

  /** The same with so many calls at the same time. */
  public CampaignSpec withConcurrency(int count) {
    return with(d -> d.concurrency = count);
  }

  /** The same with another limit of calls. */
  public CampaignSpec withMaxCalls(int count) {
    return with(d -> d.limits = limits.withCalls(count));
  }

  /** The same within other limits. */
  public CampaignSpec withLimits(Limits most) {
    return with(d -> d.limits = most);
  }

  /** The same, stopping early at another width of the confidence sequence, or never. */
  public CampaignSpec withStopWidth(@Nullable Double width) {
    return with(d -> d.stopWidth = width);
  }

  /** The same with another time for a call. */
  public CampaignSpec withTimeout(Duration time) {
    return with(d -> d.timeout = time);
  }

  /** The same with another limit of an answer's tokens. */
  public CampaignSpec withMaxTokens(@Nullable Integer count) {
    return with(d -> d.maxTokens = count);
  }

  /** The same with what it asks besides its target. */
  public CampaignSpec withAids(Aids others) {
    return with(d -> d.aids = others);
  }

  /** The same with a population of so many mailboxes, or none. */
  public CampaignSpec withPopulation(int mailboxes) {
    return with(d -> d.population = mailboxes);
  }

  /** The same with so much in the system's own words. */
  public CampaignSpec withOwnWords(OwnWords share) {
    return with(d -> d.ownWords = share);
  }

  private CampaignSpec with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.spec();
  }

  /** A specification that is being changed. */
  private static final class Draft {
    private String pass;
    private List<String> objectives;
    private List<String> techniques;
    private int repetitions;
    private WordingSet wordings;
    private final long seed;
    private double temperature;
    private int concurrency;
    private Limits limits;
    private @Nullable Double stopWidth;
    private Duration timeout;
    private @Nullable Integer maxTokens;
    private Aids aids;
    private int population;
    private OwnWords ownWords;

    Draft(CampaignSpec from) {
      this.pass = from.pass;
      this.objectives = from.objectives;
      this.techniques = from.techniques;
      this.repetitions = from.repetitions;
      this.wordings = from.wordings;
      this.seed = from.seed;
      this.temperature = from.temperature;
      this.concurrency = from.concurrency;
      this.limits = from.limits;
      this.stopWidth = from.stopWidth;
      this.timeout = from.timeout;
      this.maxTokens = from.maxTokens;
      this.aids = from.aids;
      this.population = from.population;
      this.ownWords = from.ownWords;
    }

    CampaignSpec spec() {
      return new CampaignSpec(
          pass,
          objectives,
          techniques,
          repetitions,
          wordings,
          seed,
          temperature,
          concurrency,
          limits,
          stopWidth,
          timeout,
          maxTokens,
          aids,
          population,
          ownWords);
    }
  }
}
