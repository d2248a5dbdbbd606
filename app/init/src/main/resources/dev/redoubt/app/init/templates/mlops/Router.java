import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says what a question is about: naive Bayes over its words. Its weights are numbers in JSON, and
 * reading them runs nothing: a pickle would be a program.
 */
final class Router {
  private final Map<String, Map<String, Double>> weights;

  private Router(Map<String, Map<String, Double>> weights) {
    this.weights = weights;
  }

  /** An example. */
  record Example(String topic, String text) {}

  static Router train(List<Example> examples) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    var vocabulary = new java.util.TreeSet<String>();
    for (Example example : examples) {
      var topic = counts.computeIfAbsent(example.topic(), t -> new HashMap<>());
      for (String word : Library.words(example.text())) {
        topic.merge(word, 1, Integer::sum);
        vocabulary.add(word);
      }
    }
    Map<String, Map<String, Double>> weights = new LinkedHashMap<>();
    counts.forEach((topic, words) -> {
      int total = words.values().stream().mapToInt(Integer::intValue).sum() + vocabulary.size();
      Map<String, Double> logs = new LinkedHashMap<>();
      for (String word : vocabulary) {
        logs.put(word, Math.log((words.getOrDefault(word, 0) + 1.0) / total));
      }
      weights.put(topic, logs);
    });
    return new Router(weights);
  }

  /** The most likely topic. */
  String topic(String question) {
    String best = "";
    double most = Double.NEGATIVE_INFINITY;
    for (var topic : weights.entrySet()) {
      double sum = 0;
      for (String word : Library.words(question)) {
        sum += topic.getValue().getOrDefault(word, 0.0);
      }
      if (sum > most) {
        most = sum;
        best = topic.getKey();
      }
    }
    return best;
  }

  String write() {
    return Json.write(weights);
  }

  static Router read(String text) {
    Map<String, Map<String, Double>> weights = new LinkedHashMap<>();
    Json.object(text).forEach((topic, words) -> {
      Map<String, Double> logs = new LinkedHashMap<>();
      ((Map<?, ?>) words)
          .forEach((word, log) -> logs.put(String.valueOf(word), ((BigDecimal) log).doubleValue()));
      weights.put(String.valueOf(topic), logs);
    });
    return new Router(weights);
  }
}
