package dev.redoubt.guard.engine.internal;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ScannerContract;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.util.List;

class ToolArgumentsTest extends ScannerContract {
  @Override
  protected String scanner() {
    return "tool-arguments";
  }

  @Override
  protected String options() {
    return "{tool: move, arguments: {to: {type: string, required: true, oneOf: [A, B]},"
        + " count: {type: integer}, path: {startsWith: /srv/, maxLength: 12},"
        + " tags: {type: array, oneOf: [x, y]}}}";
  }

  @Override
  protected Verdict check(Guard guard, String sample) {
    return guard.checkToolCall(Exchange.of(Caller.ANONYMOUS), new ToolCallView("move", sample));
  }

  @Override
  protected List<String> mustFire() {
    return List.of(
        "{}",
        "nonsense",
        "{\"to\": \"C\"}",
        "{\"to\": 1}",
        "{\"to\": [\"A\"]}",
        "{\"to\": \"A\", \"to\": \"C\"}",
        "{\"to\": \"A\", \"count\": 1.5}",
        "{\"to\": \"A\", \"count\": \"1\"}",
        "{\"to\": \"A\", \"path\": \"/etc/passwd\"}",
        "{\"to\": \"A\", \"path\": \"/srv/12345678\"}",
        "{\"to\": \"A\", \"tags\": [\"x\", \"z\"]}",
        "{\"to\": \"A\", \"tags\": [[\"x\"]]}",
        "{\"to\": \"A\", \"force\": true}",
        "{\"to\": \"A\", \"T_O\": \"C\"}");
  }

  @Override
  protected List<String> mustNotFire() {
    return List.of(
        "{\"to\": \"A\"}",
        "{\"to\": \"B\", \"count\": 3, \"path\": \"/srv/a\", \"tags\": [\"x\", \"y\"]}");
  }

  @Override
  protected List<String> nearMisses() {
    return List.of(
        "{\"TO\": \"A\"}",
        "{\"to\": \"A\", \"tags\": []}",
        "{\"to\": \"A\", \"path\": \"/srv/1234567\"}");
  }
}
