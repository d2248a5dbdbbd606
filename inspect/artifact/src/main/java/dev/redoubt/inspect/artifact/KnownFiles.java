package dev.redoubt.inspect.artifact;

import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Digests of files that an earlier report calls inert, of the same version of this program. */
public final class KnownFiles {
  private KnownFiles() {}

  /**
   * Reads a report that {@link JsonReport} wrote. A file that was anything but inert is not among
   * the digests: it is inspected again, so that a verdict never gets lost.
   *
   * @return the digests; none where another version wrote the report, which knew less or more
   * @throws UsageException when it is no such report
   */
  public static Set<String> inert(Path report, String version) throws IOException {
    var digests = new HashSet<String>();
    try (InputStream in = Files.newInputStream(report);
        JsonParser json = JsonMapper.shared().createParser(in)) {
      String verdict = "";
      String digest = "";
      boolean ours = false;
      int depth = 0;
      JsonToken token;
      while ((token = json.nextToken()) != null) {
        switch (token) {
          case START_OBJECT, START_ARRAY -> depth++;
          case END_OBJECT, END_ARRAY -> {
            if (depth == 3 && token == JsonToken.END_OBJECT) {
              if (verdict.equals(Verdict.INERT.word()) && !digest.isEmpty()) {
                digests.add(digest);
              }
              verdict = "";
              digest = "";
            }
            depth--;
          }
          case VALUE_STRING -> {
            String name = String.valueOf(json.currentName());
            if (depth == 1 && name.equals("version")) {
              ours = json.getString().equals(version);
            } else if (depth == 3 && name.equals("verdict")) {
              verdict = json.getString();
            } else if (depth == 3 && name.equals("sha256")) {
              digest = json.getString();
            }
          }
          default -> {}
        }
      }
      return ours ? digests : Set.of();
    } catch (JacksonException e) {
      throw new UsageException(
          "--since: " + report + " is no report of redoubt inspect artifact --format json");
    }
  }
}
