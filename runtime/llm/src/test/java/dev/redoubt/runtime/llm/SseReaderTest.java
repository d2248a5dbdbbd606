package dev.redoubt.runtime.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderTest {
  private static List<String> read(String text, int most) throws IOException {
    var reader =
        new SseReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), most);
    var events = new ArrayList<String>();
    for (var event = reader.next(); event != null; event = reader.next()) {
      events.add(event);
    }
    return events;
  }

  @Test
  void readsDataAndSkipsTheRest() throws IOException {
    var text = ": hello\n\nevent: x\nid: 7\ndata: a\n\ndata:b\r\ndata:  c\r\n\r\n\n\ndata: ünï\n\n";
    assertThat(read(text, 1000)).containsExactly("a", "b\n c", "ünï");
  }

  @Test
  void readsALastEventWithoutAnEmptyLine() throws IOException {
    assertThat(read("data: a\n\ndata: b", 1000)).containsExactly("a", "b");
    assertThat(read("", 1000)).isEmpty();
    assertThat(read(": only a comment\n", 1000)).isEmpty();
  }

  @Test
  void refusesAnEventThatIsTooLarge() {
    assertThatThrownBy(() -> read("data: " + "x".repeat(2000) + "\n\n", 1000))
        .isInstanceOf(ChatException.class);
    assertThatThrownBy(() -> read("data: xxxxxxxx\n".repeat(200) + "\n", 1000))
        .isInstanceOf(ChatException.class);
  }
}
