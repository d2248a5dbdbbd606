package dev.redoubt.app.init;

import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.util.List;

/**
 * What canaries look like ({@code canaries.yaml}).
 *
 * @param memos internal memos with a place for their number
 * @param records records of a customer
 * @param products what customers bought
 * @param prompts lines for a system prompt
 */
record CanaryTexts(
    List<String> memos, List<String> records, List<String> products, List<String> prompts) {

  static CanaryTexts load() {
    var problems = new YamlProblems("canaries.yaml");
    YamlMap map =
        YamlNode.parse(Resource.text("canaries.yaml"), problems)
            .asMap("memos", "records", "products", "prompts");
    var texts =
        new CanaryTexts(
            map.texts("memos"), map.texts("records"), map.texts("products"), map.texts("prompts"));
    problems.throwIfAny();
    return texts;
  }
}
