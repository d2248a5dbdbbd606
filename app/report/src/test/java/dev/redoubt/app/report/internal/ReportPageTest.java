package dev.redoubt.app.report.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.redoubt.app.report.Report;
import dev.redoubt.testkit.Chromium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in a real browser, with transcripts that attack whoever reads it. */
@Timeout(120)
class ReportPageTest {
  private static final int PHONE = 400;

  private static Chromium chromium;
  private static Path folder;

  /** What a page did that a report must not do. */
  private final List<String> surprises = new ArrayList<>();

  @BeforeAll
  static void startBrowser(@TempDir Path temporary) {
    assumeTrue(Chromium.find().isPresent(), Chromium.MISSING);
    folder = temporary;
    chromium = Chromium.start(Chromium.find().orElseThrow());
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private void open(Report report, NewContextOptions options, Consumer<Page> look)
      throws IOException {
    open(Written.by(new HtmlReporter(), report), options, look);
  }

  private void open(String html, NewContextOptions options, Consumer<Page> look)
      throws IOException {
    Path file = Files.write(folder.resolve("index.html"), html.getBytes(StandardCharsets.UTF_8));
    try (BrowserContext context = chromium.browser().newContext(options)) {
      Page page = context.newPage();
      page.onRequest(request -> {
        String url = request.url();
        if (!url.equals(file.toUri().toString()) && !url.startsWith("data:image/")) {
          surprises.add("request " + url);
        }
      });
      page.onDialog(dialog -> {
        surprises.add("dialog " + dialog.message());
        dialog.dismiss();
      });
      page.onConsoleMessage(message -> surprises.add("console " + message.text()));
      page.onPageError(error -> surprises.add("error " + error));
      context.onPage(other -> surprises.add("window " + other.url()));
      page.navigate(file.toUri().toString());
      look.accept(page);
    }
  }

  /** With and without the page's own policy: escaping must hold alone. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runsNoScriptAndAsksForNothing(boolean bypassPolicy) throws IOException {
    for (Report report : Written.samples()) {
      open(
          report,
          new NewContextOptions().setBypassCSP(bypassPolicy),
          page -> {
            touchEverything(page);
            assertThat(page.locator("script, iframe, object, embed, form, link").count()).isZero();
            assertThat(page.title()).isEqualTo("Acme Help Desk: Redoubt report");
          });
    }
    assertThat(surprises).isEmpty();
  }

  /** The net of these tests has no hole: a page that was not escaped gets caught in it. */
  @Test
  void aPageThatIsNotEscapedWouldBeNoticed() throws IOException {
    open(
        "<!DOCTYPE html><pre>" + SampleReports.HOSTILE + "<b onmouseover='alert(2)'>over</b>",
        new NewContextOptions(),
        ReportPageTest::touchEverything);
    assertThat(surprises).contains("dialog xss", "dialog 1", "dialog 2").hasSizeGreaterThan(3);
  }

  private static void touchEverything(Page page) {
    page.evaluate(
        "() => { document.querySelectorAll('summary').forEach(s => s.click());"
            + " document.querySelectorAll('body *').forEach(e =>"
            + " ['mouseover', 'pointerover', 'focus', 'error', 'load', 'toggle']"
            + ".forEach(n => e.dispatchEvent(new Event(n)))); }");
  }

  @Test
  void showsTheAttackAsText() throws IOException {
    open(
        SampleReports.demo(),
        new NewContextOptions(),
        page -> {
          page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)");
          assertThat(page.innerText("body"))
              .contains("<script>alert('xss')</script>", "onerror=alert(1)", "U+202E")
              .doesNotContain("\u202e", "\u2066", "\u200b");
        });
    assertThat(surprises).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void isReadableInBothColourSchemes(ColorScheme scheme) throws IOException {
    open(
        SampleReports.demo(),
        new NewContextOptions().setColorScheme(scheme),
        page -> {
          double paper = luminance(page, "body", "backgroundColor");
          assertThat(paper < 0.5).isEqualTo(scheme == ColorScheme.DARK);
          for (String part : List.of("h1", ".lede", ".fine", ".picture th[scope=row]", ".quote")) {
            assertThat(contrast(page, part)).as(part).isGreaterThan(4.5);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fitsAPhone(boolean unfolded) throws IOException {
    for (Report report : Written.samples()) {
      open(
          report,
          new NewContextOptions().setViewportSize(PHONE, 800),
          page -> {
            if (unfolded) {
              page.evaluate(
                  "() => document.querySelectorAll('details').forEach(d => d.open = true)");
            }
            assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                .as("width of " + report.assessment().run().id())
                .isLessThanOrEqualTo(PHONE);
          });
    }
  }

  @Test
  void printsWhatIsFoldedAndWhatScrolls() throws IOException {
    open(
        SampleReports.demo(),
        new NewContextOptions(),
        page -> {
          String folded =
              "() => [...document.querySelectorAll('details:not(.screen) .quote')]"
                  + ".filter(q => q.checkVisibility({contentVisibilityAuto: true})).length";
          int quotes = page.locator("details:not(.screen) .quote").count();
          assertThat((Integer) page.evaluate(folded)).isLessThan(quotes);
          page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
          assertThat(page.evaluate(folded)).isEqualTo(quotes);
          assertThat(
                  page.evaluate(
                      "() => [...document.querySelectorAll('.quote, .file')]"
                          + ".filter(q => q.checkVisibility())"
                          + ".filter(q => q.scrollHeight > q.clientHeight + 1).length"))
              .isEqualTo(0);
        });
  }

  /** The WCAG contrast of an element's text with what lies behind it. */
  private static double contrast(Page page, String selector) {
    double ink = luminance(page, selector, "color");
    double paper = luminance(page, selector, "backgroundColor");
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  }

  private static double luminance(Page page, String selector, String property) {
    Object found =
        page.evaluate(
            """
            ([selector, property]) => {
              let e = document.querySelector(selector);
              let colour = getComputedStyle(e)[property];
              while (property === 'backgroundColor' && /, 0\\)$/.test(colour) && e.parentElement) {
                e = e.parentElement;
                colour = getComputedStyle(e)[property];
              }
              const [r, g, b] = colour.match(/[0-9.]+/g).map(Number)
                .map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            }
            """,
            List.of(selector, property));
    return ((Number) found).doubleValue();
  }
}
