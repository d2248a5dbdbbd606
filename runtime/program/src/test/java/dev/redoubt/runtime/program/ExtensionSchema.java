package dev.redoubt.runtime.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The published schema. */
final class ExtensionSchema {
  private static final Map<String, Schema> PARTS = new ConcurrentHashMap<>();

  private ExtensionSchema() {}

  private static Schema part(String name) {
    return PARTS.computeIfAbsent(name, ExtensionSchema::read);
  }

  private static Schema read(String name) {
    try {
      var mapper = new ObjectMapper();
      var file = Path.of("..", "..", "docs", "schemas", "extension.schema.json");
      var schema =
          (com.fasterxml.jackson.databind.node.ObjectNode) mapper.readTree(Files.readString(file));
      schema.remove("anyOf");
      schema.put("$ref", "#/$defs/" + name);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(schema.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a message as one of these; nothing when it is right. */
  static List<String> problems(String part, String json) {
    try {
      return part(part).validate(new ObjectMapper().readTree(json)).stream()
          .map(Object::toString)
          .toList();
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }
}
