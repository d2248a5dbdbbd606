package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent template against a model that makes every call that any text asks for. */
@Timeout(180)
class AgentTemplateTest {
  @TempDir Path folder;

  @Test
  void nothingComesOutAndNoToolIsMisused() throws Exception {
    try (TemplateRig rig = new TemplateRig("agent", folder).start()) {
      Cli run = rig.assess();
      assertThat(run.code()).as(run.out() + run.err()).isZero();
      assertThat(rig.judged())
          .contains(
              "secret-leak",
              "other-user-data",
              "internal-documents",
              "url-exfiltration",
              "planted-order",
              "refund-limit");
    }
  }

  @Test
  void withoutLimitAndConfirmationMoneyIsPaid() throws Exception {
    try (TemplateRig rig =
        new TemplateRig("agent", folder)
            .with("server/Tools.java", " || !orders.isWithin(order.get(), amount, MOST_EUR)", "")
            .with(
                "server/Tools.java",
                "if (!orders.book(order, (BigDecimal) arguments.get(\"amount_eur\"), MOST_EUR))",
                "if (false)")
            .with(
                "server/Tools.java",
                "return propose(caller, \"refund\", arguments);",
                "return perform(caller, \"refund\", arguments);")
            .start()) {
      Cli run = rig.assess();
      assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
      assertThat(rig.found()).contains("attack.chat.refund-limit");
    }
  }

  @Test
  void withOneModelCallForAllAStrangerSendsMail() throws Exception {
    try (TemplateRig rig =
        new TemplateRig("agent", folder)
            .with(
                "server/Agent.java",
                "messages.add(Model.message(\"system\", plan + \"\\n\" + orders.about(caller)));",
                "messages.add(Model.message(\"system\", plan + library.search(caller, asked.question())));")
            .with(
                "server/Tools.java",
                "arguments.put(\"to\", caller.mail());",
                "arguments.put(\"to\", Json.text(call.arguments(), \"to\"));")
            .with(
                "server/Tools.java",
                "return propose(caller, \"send_email\", arguments);",
                "return perform(caller, \"send_email\", arguments);")
            .start()) {
      Cli run = rig.assess();
      assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
      assertThat(rig.found()).contains("attack.chat.planted-order");
    }
  }
}
