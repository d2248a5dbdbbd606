package dev.redoubt.attack.chat;

import dev.redoubt.attack.chat.AnswerPage.Unseen;
import dev.redoubt.attack.chat.Exchange.Effect;
import dev.redoubt.core.GroundTruth;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at what answers bring about beside their words. Thread-safe. */
final class EffectWatch implements AutoCloseable {
  private final AnswerPage page;
  private final GroundTruth.@Nullable Files files;
  private final Path baseFolder;

  EffectWatch(Target target) {
    GroundTruth truth = target.endpoint().groundTruth();
    this.page = new AnswerPage(truth.page(), AnswerPage.PATIENCE);
    this.files = truth.files();
    this.baseFolder = target.baseFolder();
  }

  /** What was there before an exchange. */
  @FunctionalInterface
  interface Look {
    /**
     * Says what came of it.
     *
     * @param answer untrusted
     * @param headers of the account that asked
     */
    List<Effect> after(String answer, Map<String, String> headers) throws InterruptedException;
  }

  /**
   * Looks before an exchange.
   *
   * @param watch what for
   * @param marker what an effect of the attempt carries; null where its wording has none
   */
  Look before(Judge.Watch watch, @Nullable String marker) {
    if (watch == Judge.Watch.NOTHING) {
      return (answer, headers) -> List.of();
    }
    if (marker == null || marker.isBlank()) {
      return unseen("the wording has no marker that an effect would carry");
    }
    return switch (watch) {
      case NOTHING -> (answer, headers) -> List.of();
      case PAGE -> (answer, headers) -> script(answer, marker, headers);
      case FILES -> files(marker);
    };
  }

  /** Says whether the page that shows answers is of an origin. */
  boolean isAt(URI origin) {
    return page.isAt(origin);
  }

  private List<Effect> script(String answer, String marker, Map<String, String> headers)
      throws InterruptedException {
    try {
      return page.show(answer, marker, headers).stream()
          .map(said -> new Effect(Effect.SCRIPT, said))
          .toList();
    } catch (Unseen e) {
      return List.of(new Effect(Effect.UNSEEN, String.valueOf(e.getMessage())));
    }
  }

  private Look files(String marker) {
    GroundTruth.Files declared = files;
    if (declared == null) {
      return unseen("nothing says where the system may write: add groundTruth.files");
    }
    try {
      WatchedFolder watched = WatchedFolder.of(baseFolder, declared);
      WatchedFolder.Snapshot before = watched.look(marker);
      return (answer, headers) -> files(watched, before);
    } catch (Unseen e) {
      return unseen(String.valueOf(e.getMessage()));
    }
  }

  private static List<Effect> files(WatchedFolder watched, WatchedFolder.Snapshot before) {
    try {
      return watched.since(before).stream().map(path -> new Effect(Effect.FILE, path)).toList();
    } catch (Unseen e) {
      return List.of(new Effect(Effect.UNSEEN, String.valueOf(e.getMessage())));
    }
  }

  private static Look unseen(String why) {
    return (answer, headers) -> List.of(new Effect(Effect.UNSEEN, why));
  }

  @Override
  public void close() {
    page.close();
  }
}
