package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that h5py, Keras and TensorFlow wrote; made by src/test/python. */
class SampleFormatsTest {
  static byte[] sample(String name) throws IOException {
    try (InputStream in = SampleFormatsTest.class.getResourceAsStream("formats/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plain.h5,INERT",
    "dense.h5,INERT",
    "keras.h5,INERT",
    "lambda.h5,MALICIOUS",
    "lambda_dense.h5,MALICIOUS",
    "lambda_huge.h5,MALICIOUS",
    "links.h5,UNPROVEN",
    "storage.h5,UNPROVEN",
    "virtual.h5,UNPROVEN",
    "relu.tflite,INERT",
    "flex.tflite,INERT",
    "relu.pb,INERT"
  })
  void readsWhatTheLibrariesWrite(String name, Verdict verdict) throws IOException {
    assertThat(Inspected.verdict(name, sample(name))).isEqualTo(verdict);
    assertThat(Inspected.verdict("data", sample(name))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.h5", "keras.h5", "relu.tflite"})
  void takesACutOffEndForUnproven(String name) throws IOException {
    byte[] whole = sample(name);
    assertThat(Inspected.verdict(name, Arrays.copyOf(whole, whole.length / 2)))
        .isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void takesBytesAfterTheEndOfHdf5ForUnproven() throws IOException {
    byte[] whole = sample("plain.h5");
    assertThat(Inspected.verdict("m.h5", Arrays.copyOf(whole, whole.length + 9)))
        .isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void takesAnOperatorOfSomebodysOwnInTfliteForUnproven() throws IOException {
    byte[] bytes = sample("flex.tflite");
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    String own = text.replace("FlexStaticRegexFullMatch", "OwnXStaticRegexFullMatch");
    assertThat(own).isNotEqualTo(text);
    assertThat(
            Inspected.verdict(
                "m.tflite", own.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
        .isEqualTo(Verdict.UNPROVEN);
  }
}
