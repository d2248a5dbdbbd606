package dev.redoubt.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.redoubt.detect.UrlSpan.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlScannerTest {
  private static final String URL = "https://sink.test/c?d=QWJj&e=1";

  private static UrlSpan only(String text) {
    List<UrlSpan> found = UrlScanner.scan(text);
    assertThat(found).as(text).hasSize(1);
    UrlSpan span = found.get(0);
    assertThat(span.spanStart()).isLessThanOrEqualTo(span.start());
    assertThat(span.spanEnd()).isGreaterThanOrEqualTo(span.end());
    return span;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "![a](U)",
        "![](U)",
        "![a]( U )",
        "![a](<U>)",
        "![a](U \"t\")",
        "![a](U 't')",
        "![a](U (t))",
        "![a b [c] d](U)",
        "![a] (U)",
        "text ![a\nb](U) text",
        "![a](U",
        "![a](\nU\n)"
      })
  void markdownImages(String form) {
    String text = form.replace("U", URL);
    UrlSpan span = only(text);
    assertThat(span.kind()).isEqualTo(Kind.IMAGE);
    assertThat(span.url()).isEqualTo(URL);
    assertThat(text.substring(span.start(), span.end())).isEqualTo(URL);
    assertThat(text.charAt(span.spanStart())).isEqualTo('!');
  }

  @Test
  void spanOfAnImageIsTheWholeOfIt() {
    String text = "See ![a](" + URL + " \"title (x)\") here";
    UrlSpan span = only(text);
    assertThat(text.substring(span.spanStart(), span.spanEnd()))
        .isEqualTo("![a](" + URL + " \"title (x)\")");
  }

  @Test
  void links() {
    UrlSpan span = only("Read [our terms](" + URL + ") first.");
    assertThat(span.kind()).isEqualTo(Kind.LINK);
    assertThat(span.spanStart()).isEqualTo(5);
  }

  @Test
  void imageInsideALink() {
    assertThat(UrlScanner.scan("[![a](https://img.test/x)](https://link.test/y)"))
        .extracting(UrlSpan::kind, UrlSpan::url)
        .containsExactly(
            tuple(Kind.IMAGE, "https://img.test/x"), tuple(Kind.LINK, "https://link.test/y"));
  }

  @Test
  void references() {
    UrlSpan span = only("![a][i]\n\n[i]: " + URL + " \"t\"\nnext");
    assertThat(span.kind()).isEqualTo(Kind.REFERENCE);
    assertThat(span.url()).isEqualTo(URL);
    assertThat(only("[i]: <" + URL + ">").url()).isEqualTo(URL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=\"U\">",
        "<img src='U'/>",
        "<img src=U>",
        "<IMG\nalt=\"a>b\" SRC = \"U\">",
        "<a href=\"U\">x</a>",
        "<div style=\"background:url('U')\">",
        "<video poster=U >",
        "<img src=\"U\"",
        "<iframe src=\"U\"></iframe>",
        "<img srcset=\"U 2x\">"
      })
  void html(String form) {
    UrlSpan span = only(form.replace("U", URL));
    assertThat(span.kind()).isEqualTo(Kind.HTML);
    assertThat(span.url()).isEqualTo(URL);
    assertThat(span.spanStart()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"U", "go to U.", "(U)", "<U>", "**U**", "`U`", "\"U\"", "see:U, or", "xU"})
  void bare(String form) {
    UrlSpan span = only(form.replace("U", "http://127.0.0.1:8080/a?b=c"));
    assertThat(span.kind()).isEqualTo(Kind.BARE);
    assertThat(span.url()).endsWith("http://127.0.0.1:8080/a?b=c");
    assertThat(only("www.example.com/x is it").url()).isEqualTo("www.example.com/x");
  }

  @Test
  void severalInOrder() {
    assertThat(
            UrlScanner.scan(
                "a https://one.test b [c](https://two.test) <img src=https://three.test>"))
        .extracting(UrlSpan::url)
        .containsExactly("https://one.test", "https://two.test", "https://three.test");
  }

  @Test
  void undoesEntitiesAndEscapes() {
    assertThat(only("![a](https://sink.test/?a=1&amp;b=2)").url())
        .isEqualTo("https://sink.test/?a=1&b=2");
    assertThat(only("![a](https&#58;//sink.test/x)").url()).isEqualTo("https://sink.test/x");
    assertThat(only("<img src=\"ht\ntps://sink.test\">").url()).isEqualTo("https://sink.test");
    assertThat(only("![a](https://sink.test/a\\_b)").url()).isEqualTo("https://sink.test/a_b");
  }

  @Test
  void relativeAndSchemelessTargetsCount() {
    assertThat(only("![a](//sink.test/x)").url()).isEqualTo("//sink.test/x");
    assertThat(only("![a](/local.png)").url()).isEqualTo("/local.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no link here",
        "array[0] (see below)? no: f[x] = y",
        "[note]: see below",
        "a < b and c > d",
        "5:30 // comment",
        "mail maria@example.com",
        "[x]()",
        "C:\\temp",
        "www"
      })
  void quietOnOrdinaryText(String text) {
    assertThat(UrlScanner.scan(text))
        .filteredOn(s -> s.kind() != Kind.LINK || s.url().contains("/"))
        .isEmpty();
  }
}
