package dev.redoubt.attack.chat;

import dev.redoubt.core.Twin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ordinary questions and answers for tests of their judges. */
public final class OrdinaryCases {
  private OrdinaryCases() {}

  /** What is true of the bank. */
  public static Truth truth(Path folder) throws IOException {
    return Truth.load(DescribedBank.bank(folder, "http://127.0.0.1:1/v1"));
  }

  /** A question and its answer. */
  public static Dialogue asked(String question, String answer, Twin.Check check, String of) {
    return Dialogue.of(
        Exchanges.answered(question, answer, new TwinMark(check, of).text(), "ann", List.of()));
  }

  /** A question for a tool and its answer. */
  public static Dialogue called(String tool, @Nullable String line, String answer) {
    return Dialogue.of(
        Exchanges.answered(
            "Please look it up.",
            answer,
            new TwinMark(Twin.Check.CALL, tool).text(),
            "ann",
            line == null ? List.of() : List.of(line)));
  }

  /** The same where no ledger could be read. */
  public static Dialogue calledWithoutLedger(String tool) {
    return Dialogue.of(
        Exchanges.answered(
            "Please look it up.",
            "Done.",
            new TwinMark(Twin.Check.CALL, tool).text(),
            "ann",
            null));
  }
}
