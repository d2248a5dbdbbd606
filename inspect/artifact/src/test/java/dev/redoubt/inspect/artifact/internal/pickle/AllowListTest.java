package dev.redoubt.inspect.artifact.internal.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.YamlLimits;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowListTest {
  private static Map<String, Map<String, String>> yaml(String resource) throws IOException {
    try (InputStream in = AllowList.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var problems = new YamlProblems(resource);
      YamlMap map = YamlNode.parse(text, problems, new YamlLimits(1 << 22, 8, 200_000)).asOpenMap();
      Map<String, Map<String, String>> read = new HashMap<>();
      for (String module : map.keys()) {
        read.put(module, map.scalars(module));
      }
      problems.throwIfAny();
      return read;
    }
  }

  @Test
  void readsByLinesWhatAYamlParserReads() throws IOException {
    Map<String, Map<String, String>> expected = new HashMap<>();
    for (String resource : AllowList.RESOURCES) {
      yaml(resource)
          .forEach((module, names) ->
              expected.computeIfAbsent(module, m -> new HashMap<>()).putAll(names));
    }
    assertThat(AllowList.shipped().modules()).isEqualTo(expected);
  }

  @Test
  void readsDangersByLinesAsAYamlParserDoes() throws IOException {
    Map<String, Map<String, String>> expected = new HashMap<>();
    yaml(Dangers.RESOURCE)
        .forEach((module, names) -> {
          var quoted = new HashMap<String, String>();
          names.forEach((name, why) -> quoted.put(name.equals("*") ? "\"*\"" : name, why));
          expected.put(module, quoted);
        });
    assertThat(Dangers.shipped().modules()).isEqualTo(expected);
  }

  @Test
  void hasEvidenceForEveryPairAndNoDottedName() {
    AllowList.shipped()
        .modules()
        .forEach((module, names) ->
            names.forEach((name, line) -> {
              assertThat(name).as(module).doesNotContain(".").doesNotContain("*");
              Allowed allowed = AllowList.parse(line);
              assertThat(allowed.evidence()).as(module + "." + name).isNotBlank();
              assertThat(Dangers.shipped().named(module, name))
                  .as(module + "." + name + " is known to be dangerous")
                  .isNull();
            }));
    assertThat(AllowList.shipped().modules().size()).isGreaterThan(200);
  }

  @Test
  void findsDangersBelowAModuleAndBehindADot() {
    assertThat(Dangers.shipped().find("os.path", "join")).isNotNull();
    assertThat(Dangers.shipped().find("nobody", "os.system")).isNotNull();
    assertThat(Dangers.shipped().find("torch", "serialization.load")).isNotNull();
    assertThat(Dangers.shipped().find("collections", "OrderedDict")).isNull();
    assertThat(Dangers.shipped().find("osmosis", "x")).isNull();
  }
}
