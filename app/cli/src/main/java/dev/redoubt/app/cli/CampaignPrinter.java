package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.CampaignListener;
import dev.redoubt.attack.chat.Plan;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Twin;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how a campaign goes; the first leak is printed with its words. */
class CampaignPrinter implements CampaignListener, AutoCloseable {
  private static final int WORDS_SHOWN = 300;
  private final PrintWriter err;
  private final BooleanSupplier stop;
  private @Nullable Progress progress;
  private int succeeded;

  CampaignPrinter(PrintWriter err, BooleanSupplier stop) {
    this.err = err;
    this.stop = stop;
  }

  @Override
  public void started(Plan plan, int taped) {
    err.println(
        "plan: "
            + plan.forecastWords()
            + (taped > 0 ? ", " + taped + " of them on the tape already" : ""));
    err.flush();
    progress = new Progress(err, "attempts");
  }

  @Override
  public void attempt(Attempt attempt, int done, int total) {
    Progress shown = progress;
    if (shown == null) {
      return;
    }
    if (attempt.outcome() == Outcome.SUCCEEDED && ++succeeded == 1) {
      shown.say("  first success: " + attempt.id() + ", " + attempt.reason());
      attempt.transcript().stream()
          .filter(turn -> turn.role().equals("assistant"))
          .reduce((first, second) -> second)
          .ifPresent(turn -> shown.say("  it said: " + Words.safe(turn.text(), WORDS_SHOWN)));
    }
    shown.step(done, total, succeeded + " succeeded");
  }

  @Override
  public void twin(Twin twin, int done, int total) {
    if (progress != null) {
      progress.step(done, total, succeeded + " succeeded");
    }
  }

  @Override
  public void note(String line) {
    if (progress == null) {
      err.println("note: " + line);
    } else {
      progress.say("  note: " + line);
    }
  }

  @Override
  public boolean cancelled() {
    return stop.getAsBoolean();
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
  }
}
