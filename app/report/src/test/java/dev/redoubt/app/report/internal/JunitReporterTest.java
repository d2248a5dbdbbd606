package dev.redoubt.app.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.app.report.Report;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class JunitReporterTest {
  private static Element root(Report report) throws Exception {
    byte[] bytes = Written.by(new JunitReporter(), report).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes))
        .getDocumentElement();
  }

  private static List<Element> all(Element root, String tag) {
    List<Element> elements = new ArrayList<>();
    var nodes = root.getElementsByTagName(tag);
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @Test
  void hasASuiteForEachPassAndObjective() throws Exception {
    assertThat(all(root(SampleReports.demo()), "testsuite"))
        .extracting(s -> s.getAttribute("name"))
        .contains("before/secret-leak", "after/refund-limit", "new-wordings/planted-order");
  }

  @Test
  void failsWhatSucceededAndSkipsWhatHasNoVerdict() throws Exception {
    Element suite = all(root(SampleReports.plain()), "testsuite").getFirst();
    assertThat(suite.getAttribute("tests")).isEqualTo("15");
    assertThat(suite.getAttribute("failures")).isEqualTo("5");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(all(suite, "failure").getFirst().getAttribute("message"))
        .isEqualTo("the planted fact SECRET_1 was in the answer, spelled out");
    assertThat(all(suite, "skipped").getFirst().getAttribute("message"))
        .isEqualTo("no answer within 60 s");
  }

  @Test
  void countsAddUp() throws Exception {
    Element root = root(SampleReports.demo());
    assertThat(all(root, "testcase")).hasSize(Integer.parseInt(root.getAttribute("tests")));
    assertThat(all(root, "failure")).hasSize(Integer.parseInt(root.getAttribute("failures")));
    assertThat(all(root, "skipped")).hasSize(Integer.parseInt(root.getAttribute("skipped")));
  }

  @Test
  void carriesAHostileTranscriptAsText() throws Exception {
    String output = all(root(SampleReports.plain()), "failure").getFirst().getTextContent();
    assertThat(output)
        .contains("]]>&lt;b&gt; \"quoted\"")
        .contains("[ESC][31mred")
        .contains("[U+202E]")
        .contains("[U+D800] lone [U+FFFE]")
        .contains("\nassistant: ");
  }

  @Test
  void neverLooksPassedWhenNothingRan() throws Exception {
    Report empty =
        new Report(
            SampleReports.assessment(Instant.EPOCH, "run", SampleReports.findings().subList(0, 2)),
            List.of(),
            null);
    Element root = root(empty);
    assertThat(root.getAttribute("failures")).isEqualTo("2");
    assertThat(all(root, "testsuite"))
        .extracting(s -> s.getAttribute("name"))
        .containsExactly("findings", "not tested");
    assertThat(root(SampleReports.crashed()).getAttribute("errors")).isEqualTo("1");
  }
}
