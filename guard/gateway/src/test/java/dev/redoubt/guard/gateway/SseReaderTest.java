package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderTest {
  private static List<String> read(String stream) throws IOException {
    var reader =
        new SseReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)), 40);
    var found = new ArrayList<String>();
    for (var data = reader.next(); data != null; data = reader.next()) {
      found.add(data);
    }
    return found;
  }

  @Test
  void readsEventsWhateverEndsTheirLines() throws IOException {
    assertThat(read("data: a\n\ndata: b\r\n\r\ndata:c\r\rdata\n\n"))
        .containsExactly("a", "b", "c", "");
  }

  @Test
  void joinsLinesAndLeavesOutTheRest() throws IOException {
    assertThat(read(": hi\nevent: x\nid: 7\ndata: a\ndata:  b\n\n\n: bye\n\n"))
        .containsExactly("a\n b");
  }

  @Test
  void keepsLettersOfSeveralBytesWhole() throws IOException {
    assertThat(read("data: é🙂\n\n")).containsExactly("é🙂");
  }

  @Test
  void dropsAnEventWithoutItsEnd() throws IOException {
    assertThat(read("data: a\n\ndata: half")).containsExactly("a");
    assertThat(read("data: a\n\ndata: half\n")).containsExactly("a");
  }

  @Test
  void refusesWhatHasNoEnd() {
    assertThatThrownBy(() -> read("data: " + "x".repeat(100)))
        .isInstanceOf(UpstreamException.class);
    assertThatThrownBy(() -> read("data: xxxxxxxx\n".repeat(10) + "\n"))
        .isInstanceOf(UpstreamException.class);
  }
}
