package dev.redoubt.core;

import org.jspecify.annotations.Nullable;

/**
 * What has to be started before a system can be assessed: one of the samples that come with
 * Redoubt. Never a program that a description names.
 *
 * @param sample name of the sample, such as {@code acme-helpdesk}
 * @param port where it listens on the loopback interface
 * @param seed what its secrets, customers and documents are drawn from
 * @param folder where it writes its ground truth, relative to the description
 * @since 0.1.0
 */
public record Start(String sample, int port, long seed, String folder) {

  static @Nullable Start read(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("sample", "port", "seed", "folder");
    if (map.get("port") == null && node.kind() == YamlNode.Kind.MAP) {
      map.missing("port", "give the port that the sample listens on");
    }
    String folder = map.text("folder", ".redoubt/sample");
    YamlNode where = map.get("folder");
    if (where != null && (folder.startsWith("/") || folder.contains(".."))) {
      where.problem("leads out of the folder of this file", "name a folder below it");
    }
    return new Start(
        map.requiredText("sample", "name a sample, such as acme-helpdesk"),
        (int) map.integer("port", 1, 1, 65_535),
        map.integer("seed", 0, 0, Long.MAX_VALUE),
        folder);
  }
}
