package dev.redoubt.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InjectionTrainingTest {
  static final InjectionSettings SMALL =
      new InjectionSettings(16, 3, 0.05, 1e-5, 0.5, 1, 0.5, 0.5f, 0.5, 7);

  @TempDir Path folder;

  private static InjectionModel train(List<InjectionExample> examples) throws IOException {
    return InjectionTraining.firstStage(examples, InjectionSamples.examples(400, 2), SMALL);
  }

  private static double auc(InjectionModel model, List<InjectionExample> examples) {
    InjectionDetector detector = InjectionDetector.of(model, null);
    List<Double> attacks = new ArrayList<>();
    List<Double> harmless = new ArrayList<>();
    for (InjectionExample e : examples) {
      double score = detector.detect(e.text(), e.channel(), null).score();
      (e.attack() ? attacks : harmless).add(score);
    }
    double right = 0;
    for (double a : attacks) {
      for (double h : harmless) {
        right += a > h ? 1 : a == h ? 0.5 : 0;
      }
    }
    return right / attacks.size() / harmless.size();
  }

  @Test
  void learnsWhatTellsAttacksFromTheRest() throws IOException {
    InjectionModel model = train(InjectionSamples.examples(400, 1));
    assertThat(auc(model, InjectionSamples.examples(200, 3))).isGreaterThan(0.99);
  }

  @Test
  void learnsNothingFromShuffledLabels() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<InjectionExample> shuffled =
        InjectionSamples.examples(500, 1).stream()
            .map(e ->
                new InjectionExample(
                    e.text(), random.nextBoolean(), e.channel(), false, false, List.of(), "made"))
            .toList();
    // Fresh texts with labels by chance: nothing in them tells one from the other.
    List<InjectionExample> fresh =
        InjectionSamples.examples(500, 9).stream()
            .map(e ->
                new InjectionExample(
                    e.text(), random.nextBoolean(), e.channel(), false, false, List.of(), "made"))
            .toList();
    assertThat(auc(train(shuffled), fresh)).isCloseTo(0.5, within(0.09));
  }

  @Test
  void theSameExamplesGiveTheSameBytes() throws IOException {
    byte[] once = train(InjectionSamples.examples(200, 1)).write();
    byte[] twice = train(InjectionSamples.examples(200, 1)).write();
    assertThat(once).isEqualTo(twice);
  }

  @Test
  void aModelSurvivesItsFile() throws IOException {
    InjectionModel model = train(InjectionSamples.examples(200, 1));
    InjectionModel read = InjectionModel.read(new ByteArrayInputStream(model.write()));
    assertThat(read.digest()).isEqualTo(model.digest());
    assertThat(read.write()).isEqualTo(model.write());
  }

  @Test
  void whatIsNoModelIsRefused() {
    assertThatThrownBy(() -> InjectionModel.read(new ByteArrayInputStream(new byte[] {1, 2, 3})))
        .isInstanceOf(IOException.class);
  }

  @Test
  void trainingThatIsBrokenOffGoesOnToTheSameBytes() throws IOException {
    List<InjectionExample> train = InjectionSamples.examples(200, 1);
    InjectionWeights whole =
        new InjectionTrainer(SMALL).train(train, InjectionTrainer.Checkpoint.NONE, line -> {});
    InjectionCheckpoint kept = InjectionCheckpoint.of(folder, SMALL, train, line -> {});
    InjectionTrainer.Checkpoint breaking =
        new InjectionTrainer.Checkpoint() {
          @Override
          public int restore(InjectionWeights weights) {
            return 0;
          }

          @Override
          public void save(InjectionWeights weights, int epochs) {
            kept.save(weights, epochs);
            if (epochs == 2) {
              throw new IllegalStateException("broken off");
            }
          }
        };
    assertThatThrownBy(() -> new InjectionTrainer(SMALL).train(train, breaking, line -> {}))
        .hasMessage("broken off");
    List<String> said = new ArrayList<>();
    InjectionWeights resumed =
        new InjectionTrainer(SMALL)
            .train(train, InjectionCheckpoint.of(folder, SMALL, train, said::add), said::add);
    assertThat(resumed.heads()).isDeepEqualTo(whole.heads());
    assertThat(said).anyMatch(line -> line.startsWith("going on after epoch 2"));
  }

  @Test
  void aCheckpointOfOtherDataIsNotUsed() {
    List<InjectionExample> train = InjectionSamples.examples(100, 1);
    InjectionCheckpoint.of(folder, SMALL, train, line -> {})
        .save(new InjectionWeights(SMALL.bits()), 2);
    List<String> said = new ArrayList<>();
    InjectionCheckpoint other =
        InjectionCheckpoint.of(folder, SMALL, InjectionSamples.examples(100, 2), said::add);
    assertThat(other.restore(new InjectionWeights(SMALL.bits()))).isZero();
    assertThat(said.getFirst()).contains("belongs to other data");
  }

  @Test
  void readsExamplesWithSpansCountedInCharacters() throws IOException {
    Path file = folder.resolve("train.jsonl");
    Files.writeString(
        file,
        """
        {"text":"\\ud83d\\ude00 obey me","label":1,"kind":"indirect_page","source":"s","category":"override","spans":[["INJECTION",2,9]]}
        {"text":"hello","label":0,"kind":"small_talk","source":"s","unknown":{"a":1}}
        """);
    List<InjectionExample> read = InjectionExamples.read(file);
    assertThat(read.getFirst().spans().getFirst().text()).isEqualTo("obey me");
    assertThat(read.getFirst().channel()).isEqualTo(InjectionChannel.DOCUMENT);
    assertThat(read.getFirst().alienOnly()).isFalse();
    assertThat(read.getLast().channel()).isEqualTo(InjectionChannel.USER);
  }

  @Test
  void aRowWithoutALabelIsNamed() throws IOException {
    Path file = folder.resolve("train.jsonl");
    Files.writeString(file, "{\"text\":\"a\",\"label\":1}\n{\"text\":\"b\"}\n");
    assertThatThrownBy(() -> InjectionExamples.read(file))
        .hasMessageContaining("train.jsonl:2: no label");
  }
}
