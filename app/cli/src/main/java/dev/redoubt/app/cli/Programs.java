package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.runtime.program.AssessorProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * The assessor programs of a run.
 *
 * @param running in the order in which they were named
 */
record Programs(List<AssessorProgram> running) implements AutoCloseable {
  Programs {
    running = List.copyOf(running);
  }

  /** The same as assessors whose results are kept in the folder of a run. */
  List<TapedAssessor> assessors(RunFolder folder) {
    List<TapedAssessor> taped = new ArrayList<>();
    for (int i = 0; i < running.size(); i++) {
      taped.add(TapedAssessor.recording(running.get(i), folder, i));
    }
    return taped;
  }

  /** What went wrong with any of them, one line each. */
  List<String> failures() {
    return running.stream().flatMap(p -> p.failures().stream()).toList();
  }

  @Override
  public void close() {
    running.forEach(AssessorProgram::close);
  }
}
