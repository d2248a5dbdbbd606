package dev.redoubt.app.cli;

import dev.redoubt.core.TargetUnreachableException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "pending",
    description = "List what waits for a yes or no at a running gateway.",
    footer = {
      "",
      "Examples:",
      "  redoubt guard pending --operator-token operator.token",
      "",
      "It shows content: the arguments of tool calls."
    })
final class GuardPendingCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin GuardDecide gateway = new GuardDecide();

  @Option(names = "--json", description = "Print as JSON.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    HttpResponse<String> response = gateway.list();
    var out = spec.commandLine().getOut();
    if (response.statusCode() != 200) {
      throw new TargetUnreachableException(
          "the gateway answers " + response.statusCode() + ": does its policy say 'confirm:'?");
    }
    if (json) {
      out.println(response.body());
      return ExitCode.OK;
    }
    JsonNode pending = read(response.body()).path("pending");
    for (JsonNode p : pending) {
      out.printf(
          "%s  until %s  %s  %s %s%n    %s%n",
          word(p, "id"),
          word(p, "expires"),
          word(p, "caller").isEmpty() ? "anonymous" : word(p, "caller"),
          word(p, "what"),
          word(p, "content"),
          word(p, "question"));
    }
    out.println(pending.isEmpty() ? "nothing waits" : pending.size() + " waiting");
    return ExitCode.OK;
  }

  private static String word(JsonNode node, String key) {
    return Words.safe(node.path(key).asString(""), 300);
  }

  private static JsonNode read(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException odd) {
      throw new TargetUnreachableException("the gateway's answer is no JSON", odd);
    }
  }

  /** Prints what the gateway made of a decision. */
  static int said(CommandSpec spec, HttpResponse<String> response, String done) {
    var command = spec.commandLine();
    if (response.statusCode() == 200) {
      command.getOut().println(done);
      return ExitCode.OK;
    }
    JsonNode error = read(response.body()).path("error").path("message");
    command
        .getErr()
        .println(
            "not decided: "
                + Words.safe(error.asString("the gateway answers " + response.statusCode()), 200));
    return ExitCode.FINDINGS;
  }
}
