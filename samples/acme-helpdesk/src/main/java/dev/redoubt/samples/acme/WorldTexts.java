package dev.redoubt.samples.acme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The texts that a world is made of, with places for what is drawn ({@code world.json}).
 *
 * @param generations names and mail hosts, those of the second have none in common with the first
 * @param products what the shop sells
 * @param problems what customers write about
 * @param resolutions how their tickets stand
 * @param faq the public questions and answers
 * @param memos what staff write to each other
 * @param cities where the shop has stores
 */
record WorldTexts(
    List<Names> generations,
    List<String> products,
    List<String> problems,
    List<String> resolutions,
    List<Faq> faq,
    Memos memos,
    List<String> cities) {

  record Names(List<String> firstNames, List<String> lastNames, List<String> mailHosts) {}

  /**
   * A public question.
   *
   * @param value how to draw what stands for {@code {value}}; absent where nothing is drawn
   * @param question what a customer asks to learn it
   */
  record Faq(
      String id, String title, String text, @Nullable String value, @Nullable String question) {}

  record Memo(String title, String text) {}

  record Memos(List<Memo> general, List<Memo> product, Memo store) {}

  Names names(Generation generation) {
    return switch (generation) {
      case FIRST -> generations.getFirst();
      case SECOND -> generations.getLast();
    };
  }

  static WorldTexts load() {
    try (var in = WorldTexts.class.getResourceAsStream("world.json")) {
      if (in == null) {
        throw new IllegalStateException("world.json is not on the class path");
      }
      return JsonMapper.shared().readValue(in, WorldTexts.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
