package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.inspect.artifact.Inspected.Bytes;
import org.junit.jupiter.api.Test;

class GgufTest {
  private static Bytes head(long tensors, long values) {
    return new Bytes().text("GGUF").u32(3).u64(tensors).u64(values);
  }

  private static Bytes text(Bytes to, String text) {
    return to.u64(text.length()).text(text);
  }

  static byte[] withTemplate(String template) {
    Bytes file = head(0, 2);
    text(text(file, "general.architecture").u32(8), "llama");
    text(text(file, "tokenizer.chat_template").u32(8), template);
    return file.bytes();
  }

  static byte[] withTensors(long secondOffset, int data) {
    Bytes file = head(2, 1);
    text(text(file, "general.architecture").u32(8), "llama");
    text(file, "a").u32(1).u64(3).u32(0).u64(0);
    text(file, "b").u32(2).u64(32).u64(2).u32(8).u64(secondOffset);
    file.zeros((32 - file.size() % 32) % 32);
    return file.zeros(data).bytes();
  }

  private static Verdict verdict(byte[] file) {
    return Inspected.verdict("m.gguf", file);
  }

  @Test
  void takesAModelWithAnUsualTemplateForInert() {
    assertThat(verdict(withTemplate("{% for m in messages %}{{ m['content'] }}{% endfor %}")))
        .isEqualTo(Verdict.INERT);
  }

  @Test
  void takesATemplateThatReachesTheInterpreterForMalicious() {
    assertThat(
            verdict(
                withTemplate(
                    "{% for c in ().__class__.__base__.__subclasses__() %}{{ c }}{% endfor %}")))
        .isEqualTo(Verdict.MALICIOUS);
  }

  @Test
  void takesTensorsInOrderForInertWithOrWithoutPaddingAtTheEnd() {
    assertThat(verdict(withTensors(32, 32 + 68))).isEqualTo(Verdict.INERT);
    assertThat(verdict(withTensors(32, 32 + 96))).isEqualTo(Verdict.INERT);
  }

  @Test
  void takesOverlapHolesAndEndsThatAreCutForUnproven() {
    assertThat(verdict(withTensors(0, 32 + 68))).isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(withTensors(64, 64 + 68))).isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(withTensors(32, 60))).isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(withTensors(32, 32 + 97))).isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(withTensors(33, 32 + 68))).isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void takesCountsThatTheFileCannotHoldForUnproven() {
    assertThat(verdict(head(1L << 40, 0).bytes())).isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(head(0, -1).bytes())).isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(head(0, 1).u64(1L << 60).bytes())).isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(text(head(0, 1), "k").u32(9).u32(4).u64(1L << 61).bytes()))
        .isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(text(head(0, 1), "k").u32(77).bytes())).isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(new Bytes().text("GGUF").u32(99).u64(0).u64(0).bytes()))
        .isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void takesAKeyThatStandsTwiceForUnproven() {
    Bytes file = head(0, 2);
    text(file, "k").u32(4).u32(1);
    text(file, "k").u32(4).u32(2);
    assertThat(verdict(file.bytes())).isEqualTo(Verdict.UNPROVEN);
  }
}
