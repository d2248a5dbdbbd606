package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.inspect.artifact.Inspected.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  static byte[] file(String header, int data) {
    return new Bytes().u64(header.length()).text(header).zeros(data).bytes();
  }

  private static Verdict verdict(String header, int data) {
    return Inspected.verdict("m.safetensors", file(header, data));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"__metadata__\":{\"format\":\"pt\"}}",
        "{}        ",
        "{\"__metadata__\":{\"note\":\"import os; os.system('id')\"}}"
      })
  void takesHeadersWithoutTensorsForInert(String header) {
    assertThat(verdict(header, 0)).isEqualTo(Verdict.INERT);
  }

  @Test
  void takesTensorsThatFollowEachOtherForInert() {
    assertThat(
            verdict(
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]},"
                    + "\"e\":{\"dtype\":\"I64\",\"shape\":[0,3],\"data_offsets\":[4,4]},"
                    + "\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                12))
        .isEqualTo(Verdict.INERT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,4],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"__metadata__\":{\"a\":1}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}x",
        " {\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}",
        "{\"a\":[]}"
      })
  void takesHeadersThatContradictTheDataForUnproven(String header) {
    assertThat(verdict(header, 8)).isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void takesAHeaderLongerThanTheFileForUnproven() {
    assertThat(Inspected.verdict("m.safetensors", new Bytes().u64(1L << 50).text("{}").bytes()))
        .isEqualTo(Verdict.UNPROVEN);
    assertThat(Inspected.verdict("m.safetensors", new Bytes().u64(-1).text("{}").bytes()))
        .isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void takesAPointerOfThatNameForText() {
    assertThat(
            Inspected.verdict(
                "m.safetensors", "version https://git-lfs.github.com/spec/v1\nsize 3\n"))
        .isEqualTo(Verdict.INERT);
  }
}
