package dev.redoubt.runtime.program;

import java.util.List;

/**
 * A probe of a program.
 *
 * @param objective id of the objective that it is for, one of those asked for
 * @param name its name, unique for its objective, such as {@code my-trick}
 * @param turns what to say, one after the other; may be empty when it is adaptive
 * @param adaptive whether the program is asked for further turns when these are used up
 * @since 0.1.0
 */
public record ProgramProbe(String objective, String name, List<String> turns, boolean adaptive) {
  static final int MOST_TURNS = 100;
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

  public ProgramProbe {
    turns = List.copyOf(turns);
  }

  static ProgramProbe of(Message message, List<String> objectives) throws ProgramException {
    String objective = message.text("objective");
    if (!objectives.contains(objective)) {
      throw message.bad(
          "'objective' must be one of "
              + String.join(", ", objectives)
              + ", not '"
              + Text.oneLine(objective, 60)
              + "'");
    }
    String text = message.optionalText("text");
    List<String> turns = message.texts("turns");
    if (text != null && !turns.isEmpty()) {
      throw message.bad("it has 'text' and 'turns'; one of them is enough");
    }
    var probe =
        new ProgramProbe(
            objective,
            message.word("name", NAME),
            text == null ? turns : List.of(text),
            message.flag("adaptive"));
    if (probe.turns().isEmpty() && !probe.adaptive()) {
      throw message.bad("it needs a 'text', 'turns', or \"adaptive\": true");
    }
    if (probe.turns().size() > MOST_TURNS) {
      throw message.bad("'turns' has " + probe.turns().size() + " items; at most " + MOST_TURNS);
    }
    message.end();
    return probe;
  }
}
