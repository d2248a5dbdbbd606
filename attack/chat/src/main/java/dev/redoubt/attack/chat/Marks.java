package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Successes that a person looked at and found to be none. A mark holds for the same wording of the
 * same objective by the same technique when it succeeds for the same reason, in this run and in
 * later ones beside it: such an attempt is unassessed, neither a success nor resisted. Other
 * wordings and other reasons are not touched. Kept in {@code marks.jsonl} beside the runs.
 *
 * @since 0.1.0
 */
public final class Marks {
  private static final String FILE = "marks.jsonl";
  private static final int LONGEST_REASON = 1_000;

  private final Map<String, String> reasons;

  private Marks(Map<String, String> reasons) {
    this.reasons = reasons;
  }

  /**
   * Reads the marks beside a run; a damaged line marks nothing.
   *
   * @throws TargetUnreachableException when they can't be read
   */
  static Marks read(RunFolder folder) {
    Path file = file(folder);
    var reasons = new HashMap<String, String>();
    if (Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          JsonNode node = parse(line);
          reasons.put(node.path("key").asString(""), node.path("reason").asString(""));
        }
      } catch (IOException e) {
        throw new TargetUnreachableException(
            file + ": can't be read (" + e.getMessage() + "); mend permissions", e);
      }
    }
    return new Marks(reasons);
  }

  private static JsonNode parse(String line) {
    try {
      return JsonMapper.shared().readTree(line);
    } catch (JacksonException damaged) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  /** What a verdict becomes when somebody marked it. */
  Verdict apply(PlannedCall call, Verdict verdict) {
    if (verdict.outcome() != Outcome.SUCCEEDED || reasons.isEmpty()) {
      return verdict;
    }
    String key =
        key(call.objective().id(), call.technique().id(), call.wording(), verdict.reason());
    return Optional.ofNullable(reasons.get(key))
        .map(why -> Verdict.unassessed("marked as a false positive: " + why))
        .orElse(verdict);
  }

  /**
   * Marks an attempt of a run as a false positive.
   *
   * @param folder folder of the run
   * @param attempt id of the attempt
   * @param reason why it is none, for those who come later
   * @param now the time
   * @return the attempt
   * @throws UsageException when there is no such success, or no reason
   */
  public static Attempt falsePositive(
      RunFolder folder, String attempt, String reason, Instant now) {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new UsageException(
          "a mark needs a reason of 1 to "
              + LONGEST_REASON
              + " characters, so that others can judge it");
    }
    int slash = attempt.indexOf('/');
    String pass = slash < 0 ? attempt : attempt.substring(0, slash);
    JudgedAttempt judged = TapeState.read(folder.tape(), pass).judged(attempt);
    if (judged == null) {
      throw new UsageException("run '" + folder.id() + "' has no attempt '" + attempt + "'");
    }
    Attempt known = judged.attempt();
    if (known.outcome() != Outcome.SUCCEEDED) {
      throw new UsageException(
          "attempt '"
              + attempt
              + "' is "
              + known.outcome().word()
              + "; only a success can be a false positive");
    }
    String line =
        JsonMapper.shared()
            .createObjectNode()
            .put("key", key(known.objective(), known.technique(), known.wording(), known.reason()))
            .put("objective", known.objective())
            .put("technique", known.technique())
            .put("wording", known.wording())
            .put("verdict", known.reason())
            .put("reason", reason)
            .put("run", folder.id())
            .put("attempt", attempt)
            .put("at", now.toString())
            .toString();
    try {
      Files.writeString(
          file(folder),
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new TargetUnreachableException(
          file(folder) + ": can't be written (" + e.getMessage() + "); mend permissions", e);
    }
    return known;
  }

  private static String key(String objective, String technique, int wording, String reason) {
    return Fingerprint.of(objective, technique, Integer.toString(wording), reason);
  }

  private static Path file(RunFolder folder) {
    return folder.path().toAbsolutePath().resolveSibling(FILE);
  }
}
