package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Aids;
import dev.redoubt.attack.chat.AttackerModel;
import dev.redoubt.attack.chat.LiveAids;
import dev.redoubt.attack.chat.ModelChoice;
import java.io.PrintWriter;
import java.util.List;

/** Opens what a run asks besides its target. */
final class AidOpener implements LiveAids.Opener {
  private final PrintWriter err;

  AidOpener(PrintWriter err) {
    this.err = err;
  }

  @Override
  public LiveAids open(Aids aids) throws InterruptedException {
    ModelChoice attacker = aids.attacker();
    return new LiveAids(
        attacker == null ? null : new AttackerModel(attacker.name(), new LazyModel(attacker, err)),
        null,
        List.of());
  }
}
