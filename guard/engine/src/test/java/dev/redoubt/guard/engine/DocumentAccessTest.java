package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DocumentAccessTest {
  private static final DocumentLabel ANAS = DocumentLabel.ownedBy("Ana@x.example ");
  private static final DocumentLabel BOBS = DocumentLabel.ownedBy("bob@x.example");
  private static final DocumentLabel NOBODYS = new DocumentLabel(Visibility.OWNER, null);
  private static final DocumentLabel EMPTY = DocumentLabel.ownedBy("");
  private static final List<DocumentLabel> ALL =
      List.of(
          DocumentLabel.PUBLIC,
          ANAS,
          BOBS,
          NOBODYS,
          EMPTY,
          DocumentLabel.INTERNAL,
          new DocumentLabel(Visibility.INTERNAL, "ana@x.example"));

  private static List<DocumentLabel> readable(Caller caller) {
    return DocumentAccess.readable(caller, ALL, Function.identity());
  }

  @Test
  void anonymousReadsPublicDocumentsOnly() {
    assertThat(readable(Caller.ANONYMOUS)).containsExactly(DocumentLabel.PUBLIC);
    assertThat(readable(Caller.of("  "))).containsExactly(DocumentLabel.PUBLIC);
    assertThat(readable(new Caller("", Set.of("staff")))).containsExactly(DocumentLabel.PUBLIC);
  }

  @Test
  void aCustomerReadsTheirOwnToo() {
    assertThat(readable(Caller.of("ana@x.example"))).containsExactly(DocumentLabel.PUBLIC, ANAS);
    assertThat(readable(Caller.of("aana@x.example"))).containsExactly(DocumentLabel.PUBLIC);
  }

  @Test
  void aNamesakeInOtherLettersIsSomebodyElse() {
    var kims = new DocumentLabel(Visibility.OWNER, "kim@x.example");
    assertThat(DocumentAccess.mayRead(Caller.of("KIM@X.example"), kims)).isTrue();
    // The Kelvin sign is no K, though it becomes one in lower case.
    assertThat(DocumentAccess.mayRead(Caller.of("\u212Aim@x.example"), kims)).isFalse();
  }

  @Test
  void staffReadsAll() {
    assertThat(readable(new Caller("max", Set.of("staff")))).isEqualTo(ALL);
  }

  @Test
  void anUnknownLabelHides() {
    assertThat(Visibility.of(" Public ")).isEqualTo(Visibility.PUBLIC);
    assertThat(Visibility.of("customer")).isEqualTo(Visibility.OWNER);
    assertThat(Visibility.of("pubic")).isEqualTo(Visibility.INTERNAL);
    assertThat(Visibility.of("")).isEqualTo(Visibility.INTERNAL);
  }
}
