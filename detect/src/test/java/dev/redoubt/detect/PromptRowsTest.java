package dev.redoubt.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptRowsTest {
  private static List<PromptRows.Line> read(InputStream in) throws IOException {
    List<PromptRows.Line> lines = new ArrayList<>();
    try (PromptRows rows = new PromptRows(in)) {
      for (PromptRows.Line line = rows.next(); line != null; line = rows.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static List<PromptRows.Line> read(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static PromptRows.Row row(PromptRows.Line line) {
    return (PromptRows.Row) line;
  }

  @Test
  void labelsAreReadHoweverTheyAreWritten() throws IOException {
    List<PromptRows.Line> lines =
        read(
            """
            {"text":"a","label":1}
            {"text":"b","label":false,"kind":"k","anything":[1,{}]}

            {"text":"c","label":"benign"}
            {"text":"d"}
            {"text":"e","label":7}
            """);
    assertThat(lines).extracting(l -> row(l).label()).containsExactly(1, 0, 0, null, null);
    assertThat(lines).extracting(PromptRows.Line::number).containsExactly(1, 2, 4, 5, 6);
    assertThat(row(lines.get(1)).word("kind")).isEqualTo("k");
    assertThat(row(lines.get(1)).word("source")).isEmpty();
  }

  @Test
  void whatIsNoRowIsNamed() throws IOException {
    List<PromptRows.Line> lines = read("{\"text\":\n[1]\n{\"text\":5}\nnull\n{\"text\":\"good\"}");
    assertThat(lines.subList(0, 4)).allMatch(l -> l instanceof PromptRows.Unreadable);
    assertThat(row(lines.get(4)).text()).isEqualTo("good");
  }

  @Test
  void loneSurrogatesComeThroughUnchanged() throws IOException {
    assertThat(row(read("{\"text\":\"a\\ud800b\"}").getFirst()).text()).isEqualTo("a\ud800b");
  }

  @Test
  void bytesThatAreNoUtf8AreToldAndRead() throws IOException {
    byte[] bytes = "{\"text\":\"a?b\"}".getBytes(StandardCharsets.UTF_8);
    bytes[10] = (byte) 0xFF;
    PromptRows.Row row = row(read(new ByteArrayInputStream(bytes)).getFirst());
    assertThat(row.damaged()).isTrue();
    assertThat(row.text()).isEqualTo("a\uFFFDb");
  }

  @Test
  void aLineOfAHundredMegabytesIsSkippedAndTheNextIsRead() throws IOException {
    InputStream huge =
        new InputStream() {
          private long left = 100L << 20;

          @Override
          public int read() {
            return left-- > 0 ? 'a' : -1;
          }

          @Override
          public int read(byte[] to, int from, int count) {
            if (left <= 0) {
              return -1;
            }
            int n = (int) Math.min(left, count);
            Arrays.fill(to, from, from + n, (byte) 'a');
            left -= n;
            return n;
          }
        };
    InputStream next =
        new ByteArrayInputStream("\n{\"text\":\"b\"}".getBytes(StandardCharsets.UTF_8));
    List<PromptRows.Line> lines = read(new SequenceInputStream(huge, next));
    assertThat(lines.getFirst()).isEqualTo(new PromptRows.Unreadable(1, "longer than 8 MiB"));
    assertThat(row(lines.getLast()).text()).isEqualTo("b");
  }
}
