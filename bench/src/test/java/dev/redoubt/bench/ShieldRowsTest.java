package dev.redoubt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShieldRowsTest {
  private static final List<String> DEV =
      List.of(
          row("typed", 1, "direct_injection", "deepset-prompt-injections"),
          row("ours", 1, "direct_injection", "composed-2"),
          row("hidden", 1, "indirect_email_end", "agentdojo"),
          row("ours hidden", 1, "indirect_email", "composed-2"),
          row("coded", 1, "obfuscated_rot13", "composed-2"),
          row("foreign", 1, "multilingual_injection", "spikee"),
          row("chat", 0, "user_question", "deepset-prompt-injections"),
          row("trigger", 0, "hard_negative_fiction", "composed-2"),
          row("coded chat", 0, "benign_encoded_hex", "composed-2"),
          row("manual", 0, "document_manual", "tldr-pages"),
          row("manual at https://example.org", 0, "document_manual", "tldr-pages"),
          row("prompt", 0, "system_prompt", "fabric-patterns"));

  @TempDir Path folder;

  private static String row(String text, int label, String kind, String source) {
    return "{\"text\": \"%s\", \"label\": %d, \"kind\": \"%s\", \"source\": \"%s\"}"
        .formatted(text, label, kind, source);
  }

  private static String personal(String text, String type) {
    return "{\"text\": \"%s\", \"label\": 0, \"kind\": \"pii\", \"spans\": [[\"%s\", 0, 3]]}"
        .formatted(text, type);
  }

  private Map<ShieldSet, List<String>> gathered() throws IOException {
    Files.write(folder.resolve("dev.jsonl"), DEV);
    Files.write(
        folder.resolve("train.jsonl"),
        List.of(
            personal("a card", "CREDIT_CARD"),
            personal("a name", "PERSON"),
            row("code", 0, "document_code", "BIPIA-train")));
    return ShieldRows.gather(folder);
  }

  @Test
  void rowsComeIntoTheSetOfTheirKind() throws IOException {
    assertThat(gathered())
        .containsEntry(ShieldSet.TYPED_ATTACKS, List.of("typed"))
        .containsEntry(ShieldSet.DOCUMENT_ATTACKS, List.of("hidden"))
        .containsEntry(ShieldSet.ENCODED_ATTACKS, List.of("coded"))
        .containsEntry(ShieldSet.FOREIGN_ATTACKS, List.of("foreign"))
        .containsEntry(ShieldSet.PERSONAL_DATA, List.of("a card"))
        .containsEntry(ShieldSet.CHATS, List.of("chat"))
        .containsEntry(ShieldSet.TRIGGER_WORDS, List.of("trigger"))
        .containsEntry(ShieldSet.ENCODED_CHATS, List.of("coded chat"))
        .containsEntry(ShieldSet.DOCUMENTS, List.of("manual", "manual at https://example.org"));
  }

  @Test
  void documentsThatReadLikeAnswersAreAnswersToo() throws IOException {
    var sets = gathered();
    assertThat(sets.get(ShieldSet.ANSWERS)).contains("manual", "code");
    assertThat(sets.get(ShieldSet.LINKED_ANSWERS))
        .contains("manual at https://example.org")
        .doesNotContain("manual");
  }

  @Test
  void withoutDataOnlyWhatIsGeneratedIsThere() throws IOException {
    ShieldRows.gather(folder)
        .forEach((set, texts) ->
            assertThat(texts.isEmpty())
                .as(set.title())
                .isEqualTo(set.origin() != ShieldSet.Origin.GENERATED));
  }

  @Test
  void aLineThatIsNoJsonIsNamed() throws IOException {
    Files.write(folder.resolve("dev.jsonl"), List.of(DEV.getFirst(), "{"));
    assertThatThrownBy(() -> ShieldRows.gather(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dev.jsonl, line 2: can't be read");
  }

  @Test
  void theSameSeedDrawsTheSameTexts() {
    assertThat(SecretTexts.make(new Random(5), 60))
        .isEqualTo(SecretTexts.make(new Random(5), 60))
        .isNotEqualTo(SecretTexts.make(new Random(6), 60))
        .doesNotHaveDuplicates();
    assertThat(LinkTexts.make(new Random(5), 60)).isEqualTo(LinkTexts.make(new Random(5), 60));
    assertThat(WebTexts.attacks(new Random(5), 60)).isEqualTo(WebTexts.attacks(new Random(5), 60));
  }

  @Test
  void everyGeneratedTextHoldsWhatItIsFor() {
    assertThat(LinkTexts.make(new Random(1), 200))
        .hasSize(200)
        .allMatch(text -> text.matches("(?s).*https://\\S*[\\w%+-]{20,}.*"));
    assertThat(SecretTexts.make(new Random(1), 200))
        .hasSize(200)
        .allMatch(text -> text.matches("(?s).*[\\w!#%*+=?/.-]{14,}.*"));
    assertThat(AnswerTexts.linked(new Random(1), 50)).allMatch(text -> text.contains("://"));
    assertThat(AnswerTexts.plain(new Random(1), 50))
        .noneMatch(text -> text.contains("://") || text.contains("@") || text.contains("]("));
    assertThat(WebTexts.questions(new Random(1), 50)).noneMatch(text -> text.contains("%1$s"));
  }
}
