package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Aids;
import dev.redoubt.attack.chat.AttackerModel;
import dev.redoubt.attack.chat.LiveAids;
import dev.redoubt.attack.chat.ModelChoice;
import dev.redoubt.attack.chat.ProgramChoice;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.program.JudgeProgram;
import dev.redoubt.runtime.program.ProbeProgram;
import dev.redoubt.runtime.program.ProgramException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Opens what a run asks besides its target. */
final class AidOpener implements LiveAids.Opener {
  private final PrintWriter err;

  AidOpener(PrintWriter err) {
    this.err = err;
  }

  @Override
  public LiveAids open(Aids aids) throws InterruptedException {
    List<JudgeProgram> judges = new ArrayList<>();
    List<ProbeProgram> probers = new ArrayList<>();
    boolean open = false;
    try {
      for (ProgramChoice judge : aids.judges()) {
        judges.add(started(() -> JudgeProgram.start(judge.spec())));
      }
      for (ProgramChoice prober : aids.probers()) {
        probers.add(started(() -> ProbeProgram.start(prober.spec())));
      }
      open = true;
    } finally {
      if (!open) {
        judges.forEach(JudgeProgram::close);
        probers.forEach(ProbeProgram::close);
      }
    }
    ModelChoice attacker = aids.attacker();
    return new LiveAids(
        attacker == null ? null : new AttackerModel(attacker.name(), new LazyModel(attacker, err)),
        judges,
        probers,
        aids.model() == null ? null : new LazyModel(aids.model().model(), err));
  }

  /** Starts a program. */
  interface Starting<T> {
    T start() throws ProgramException, InterruptedException;
  }

  /** A program that can't be started is wrong configuration: nothing is run. */
  static <T> T started(Starting<T> starting) throws InterruptedException {
    try {
      return starting.start();
    } catch (ProgramException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
