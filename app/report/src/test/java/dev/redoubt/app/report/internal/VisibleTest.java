package dev.redoubt.app.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {
  @Test
  void namesWhatSteersATerminal() {
    assertThat(Visible.text("\u001b[31mred\u0007\u0000")).isEqualTo("[ESC][31mred[BEL][NUL]");
  }

  @Test
  void namesWhatTurnsOrHidesText() {
    assertThat(Visible.text("a\u202eb\u2066c\u200bd\ufeffe\u00adf"))
        .isEqualTo("a[U+202E]b[U+2066]c[U+200B]d[U+FEFF]e[U+00AD]f");
    assertThat(Visible.text("tag\udb40\udc41")).isEqualTo("tag[U+E0041]");
  }

  @Test
  void namesWhatNoFileMayHold() {
    assertThat(Visible.text("\ud800x\udc00\ufffe")).isEqualTo("[U+D800]x[U+DC00][U+FFFE]");
  }

  @Test
  void limitsMarksThatPaintOverOtherLines() {
    assertThat(Visible.text("z" + "\u0300".repeat(6)))
        .isEqualTo("z" + "\u0300".repeat(4) + "[U+0300][U+0300]");
  }

  @Test
  void leavesOrdinaryTextOfAnyScriptAlone() {
    String text = "Größe 5\u00a0€,\ttab\nعربي 日本語 é e\u0301 🙂 <b>&amp;</b>";
    assertThat(Visible.text(text)).isEqualTo(text);
  }

  @Test
  void takesWindowsLineEndsAsLineEndsButNamesALoneReturn() {
    assertThat(Visible.text("a\r\nb\rc")).isEqualTo("a\nb[CR]c");
  }
}
