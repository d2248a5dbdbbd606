package dev.redoubt.app.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.app.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HtmlReporterTest {
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-z0-9]+)((?: [A-Za-z0-9-]+=\"[^\"<>]*\")*)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([A-Za-z0-9-]+)=\"([^\"]*)\"");
  private static final Set<String> VOID = Set.of("meta", "img");

  private static String page(Report report) throws IOException {
    return Written.by(new HtmlReporter(), report);
  }

  private static String withoutStyle(String page) {
    return page.replaceAll("(?s)<style>.*?</style>", "");
  }

  @Nested
  class AHostileTranscript {
    @Test
    void neverBecomesMarkup() throws IOException {
      for (Report report : Written.samples()) {
        String page = withoutStyle(page(report));
        // Every "<" of the page starts a tag that we wrote: the tags we know, well nested.
        String rest = TAG.matcher(page.replaceFirst("<!DOCTYPE html>", "")).replaceAll("");
        assertThat(rest.indexOf('<')).isNegative();
        assertThat(rest.indexOf('>')).isNegative();
        assertThat(tags(page)).doesNotContain("script", "iframe", "object", "link", "form", "base");
        wellNested(page);
      }
    }

    @Test
    void isStillThereToRead() throws IOException {
      assertThat(page(SampleReports.demo()))
          .contains("&lt;script&gt;alert(&#39;xss&#39;)&lt;/script&gt;")
          .contains("![status](http://127.0.0.1:9999/collect?d=SECRET)");
    }

    @Test
    void cannotTurnHideOrSteer() throws IOException {
      String page = page(SampleReports.demo());
      assertThat(page.codePoints())
          .allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
          .allMatch(c -> Character.getType(c) != Character.FORMAT)
          .allMatch(c -> Character.getType(c) != Character.SURROGATE);
      assertThat(page)
          .contains("<span class=\"ctl\">U+202E</span>")
          .contains("<span class=\"ctl\">ESC</span>");
    }

    @Test
    void isCutWhenItIsHuge() throws IOException {
      assertThat(page(SampleReports.demo()))
          .hasSizeLessThan(200_000)
          .contains("more characters on the tape");
    }
  }

  @Nested
  class ThePage {
    @Test
    void asksForNothingFromOutside() throws IOException {
      for (Report report : Written.samples()) {
        String page = page(report);
        for (MatchResult attribute : attributes(page)) {
          String name = attribute.group(1);
          String value = attribute.group(2);
          assertThat(name).doesNotStartWith("on").isNotIn("style", "srcset", "action", "ping");
          if (name.equals("href")) {
            assertThat(value).startsWith("#");
          }
          if (name.equals("src")) {
            assertThat(value).startsWith("data:image/");
          }
        }
        assertThat(page).doesNotContain("url(").doesNotContain("@import");
      }
    }

    @Test
    void forbidsScriptsAndRequestsAndAllowsItsOwnStyleByDigest() throws Exception {
      String page = page(SampleReports.demo());
      String css = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
      String digest =
          Base64.getEncoder()
              .encodeToString(
                  MessageDigest.getInstance("SHA-256")
                      .digest(css.getBytes(StandardCharsets.UTF_8)));
      assertThat(page)
          .contains(
              "content=\"default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-"
                  + digest
                  + "&#39;");
    }

    @Test
    void hasUniqueIdsAndLinksThatLead() throws IOException {
      List<String> ids = new ArrayList<>();
      List<String> targets = new ArrayList<>();
      for (MatchResult attribute : attributes(page(SampleReports.demo()))) {
        switch (attribute.group(1)) {
          case "id" -> ids.add(attribute.group(2));
          case "href" -> targets.add(attribute.group(2).substring(1));
          case "aria-labelledby" -> targets.add(attribute.group(2));
          default -> {}
        }
      }
      assertThat(ids).doesNotHaveDuplicates().containsAll(targets);
    }

    @Test
    void saysFirstWhatLeakedAndWhatStillGetsThrough() throws IOException {
      String page = page(SampleReports.demo());
      int lede = page.indexOf("class=\"lede\"");
      assertThat(page.substring(lede, page.indexOf("</p>", lede)).replace('\u00a0', ' '))
          .contains("53 of 80 distinct attacks on Acme Help Desk succeeded")
          .contains("95 % interval 44 to 66 points, Newcombe")
          .contains("What still gets through:")
          .contains("of new wordings 4 of 36");
      assertThat(lede).isLessThan(page.indexOf("class=\"picture\""));
      assertThat(page).contains("Not assessed yet");
    }

    @Test
    void namesEveryDrawing() throws IOException {
      String page = page(SampleReports.demo());
      assertThat(Pattern.compile("<svg[^>]*role=\"img\"[^>]*>(?!<title>)").matcher(page).find())
          .isFalse();
      assertThat(Pattern.compile("<table[^>]*>(?!<caption>)").matcher(page).find()).isFalse();
    }
  }

  @Nested
  class ARunThat {
    @Test
    void wasQuickGivesCountsAndNoRate() throws IOException {
      String page = page(SampleReports.quick());
      assertThat(page).contains("too few for a rate").doesNotContain("class=\"pc\"");
    }

    @Test
    void failedSaysSoAtTheTop() throws IOException {
      String page = page(SampleReports.failed());
      assertThat(page.indexOf("FAILED")).isPositive().isLessThan(page.indexOf("class=\"lede\""));
    }

    @Test
    void reachedNoVerdictIsNoPass() throws IOException {
      assertThat(page(SampleReports.crashed()))
          .contains("No verdict")
          .contains("INCOMPLETE")
          .contains("no verdict: all 15 unassessed")
          .doesNotContain("No finding in what was tested");
    }

    @Test
    void hasMuchWithoutVerdictNamesItInOneLine() throws IOException {
      assertThat(page(SampleReports.described()))
          .contains(
              "No verdict, all attempts unassessed: Worm, Refund limit, Planted order, Session context.")
          .doesNotContain("no verdict: all 15 unassessed");
    }

    @Test
    void wasCutShowsTheMissingPassesAsNotReached() throws IOException {
      assertThat(page(SampleReports.cut()))
          .contains("not reached")
          .contains("The run ended before the guard was measured.");
    }

    @Test
    void isEqualGivesEqualBytes() throws IOException {
      assertThat(page(SampleReports.demo())).isEqualTo(page(SampleReports.demo()));
    }
  }

  private static List<String> tags(String page) {
    return TAG.matcher(page).results().map(m -> m.group(2)).distinct().toList();
  }

  private static List<MatchResult> attributes(String page) {
    return TAG.matcher(withoutStyle(page))
        .results()
        .flatMap(m -> ATTRIBUTE.matcher(m.group(3)).results())
        .toList();
  }

  private static void wellNested(String page) {
    Deque<String> open = new ArrayDeque<>();
    TAG.matcher(page)
        .results()
        .forEach(tag -> {
          if (!tag.group(1).isEmpty()) {
            assertThat(open.pop()).isEqualTo(tag.group(2));
          } else if (!VOID.contains(tag.group(2))) {
            open.push(tag.group(2));
          }
        });
    assertThat(open).isEmpty();
  }
}
