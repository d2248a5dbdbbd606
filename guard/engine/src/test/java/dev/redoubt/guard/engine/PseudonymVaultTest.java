package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PseudonymVaultTest {
  private static final List<String> TYPES = List.of("email", "phone", "iban");
  private static final String TEXT =
      "Ana (ana@customer.example, +49 171 9876543) wrote to bob@friend.example, then ana@customer.example"
          + " paid from DE89 3704 0044 0532 0130 00.";

  @Test
  void hidesAndPutsBack() {
    var vault = new PseudonymVault();
    String hidden = vault.hide(TEXT, TYPES);
    assertThat(hidden).doesNotContain("@").doesNotContain("9876543").doesNotContain("DE89");
    assertThat(hidden.split("\\[EMAIL-1-", -1)).as("the same for the same").hasSize(3);
    assertThat(vault.restore(hidden)).isEqualTo(TEXT);
    assertThat(vault.size()).isEqualTo(4);
  }

  @Test
  void whatComesInPiecesIsWhole() {
    var vault = new PseudonymVault();
    String hidden = "[ " + vault.hide(TEXT, TYPES) + " [not one] [EMAIL-9-aaaaaa";
    var random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      PseudonymVault.Stream stream = vault.stream();
      var out = new StringBuilder();
      int at = 0;
      while (at < hidden.length()) {
        int to = Math.min(hidden.length(), at + 1 + random.nextInt(9));
        out.append(stream.push(hidden.substring(at, to)));
        at = to;
      }
      assertThat(out.append(stream.finish()))
          .hasToString("[ " + TEXT + " [not one] [EMAIL-9-aaaaaa");
    }
  }

  @Test
  void aForeignPseudonymStays() {
    String foreign = new PseudonymVault().hide(TEXT, TYPES);
    var vault = new PseudonymVault();
    vault.hide(TEXT, TYPES);
    assertThat(vault.restore(foreign)).isEqualTo(foreign);
  }
}
