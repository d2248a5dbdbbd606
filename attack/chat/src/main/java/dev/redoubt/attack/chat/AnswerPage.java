package dev.redoubt.attack.chat;

import dev.redoubt.core.GroundTruth.Page;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Shows answers as the application does, in a real browser, and hears whether a script of theirs
 * runs: only a script can open a dialog or write to the console, and only this attempt's script
 * knows its marker. Thread-safe: one answer after the other.
 *
 * <p>Each answer gets a context of its own, which shares nothing with the next. A browser that did
 * not do as it should is killed, and so is one that has shown many answers.
 */
final class AnswerPage implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int MOST_ANSWERS = 50;
  private static final int LONGEST_ADDRESS = 16 * 1024;

  private final @Nullable Page how;
  private final Duration patience;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable HeadlessBrowser browser;
  private int shown;

  /**
   * @param how how the application shows answers; as inner HTML where nothing is said
   * @param patience how long a page may take to load
   */
  AnswerPage(@Nullable Page how, Duration patience) {
    this.how = how;
    this.patience = patience;
  }

  /** What could not be looked at, and why. The message is one line. */
  static final class Unseen extends Exception {
    private static final long serialVersionUID = 1L;

    Unseen(String message) {
      super(message);
    }
  }

  /** Where the answer is shown by the application itself; null where the run makes the page. */
  @Nullable URI address(String answer) throws Unseen {
    String url = how == null ? null : how.url();
    if (url == null) {
      return null;
    }
    String escaped = URLEncoder.encode(answer, StandardCharsets.UTF_8).replace("+", "%20");
    String filled = url.replace("{{reply}}", escaped);
    if (filled.length() > LONGEST_ADDRESS) {
      throw new Unseen("the answer is too long for the address of the page");
    }
    return URI.create(filled);
  }

  /**
   * Shows an answer.
   *
   * @param answer untrusted
   * @param marker the value that its script says
   * @param headers of the account that asked, for the application's own page
   * @return what the script said; empty when none ran
   */
  Optional<String> show(String answer, String marker, Map<String, String> headers)
      throws Unseen, InterruptedException {
    Path executable = HeadlessBrowser.find().orElseThrow(() -> new Unseen(HeadlessBrowser.MISSING));
    URI address = address(answer);
    turn.lockInterruptibly();
    boolean well = false;
    try {
      HeadlessBrowser open = browser;
      if (open == null) {
        open = HeadlessBrowser.start(executable, address);
        browser = open;
        shown = 0;
      }
      Optional<String> said =
          new PageVisit(open.tools(), how, patience, address, answer, marker, headers).run();
      well = ++shown < MOST_ANSWERS;
      return said;
    } catch (IOException e) {
      throw new Unseen("the browser " + executable + " failed: " + e.getMessage());
    } finally {
      if (!well) {
        quit();
      }
      turn.unlock();
    }
  }

  private void quit() {
    HeadlessBrowser open = browser;
    browser = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      quit();
    } finally {
      turn.unlock();
    }
  }

  /** Says whether the application's own page is of an origin. */
  boolean isAt(URI origin) {
    String url = how == null ? null : how.url();
    return url != null && Origin.same(origin, url.replace("{{reply}}", ""));
  }
}
