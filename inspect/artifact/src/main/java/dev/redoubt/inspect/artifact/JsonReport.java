package dev.redoubt.inspect.artifact;

import java.io.Writer;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes results as JSON while they come: {@code {"tool":…,"files":[…],"counts":{…}}}. A file has
 * its path, verdict, what was seen and its members; a member likewise.
 */
public final class JsonReport implements AutoCloseable {
  private final JsonGenerator out;

  /**
   * Starts the document.
   *
   * @param version of this program
   */
  public JsonReport(Writer writer, String version) {
    JsonMapper mapper = JsonMapper.shared();
    out =
        mapper
            .writer()
            .with(new DefaultPrettyPrinter())
            .without(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
            .createGenerator(writer);
    out.writeStartObject();
    out.writeStringProperty("tool", "redoubt inspect artifact");
    out.writeStringProperty("version", version);
    out.writeName("files");
    out.writeStartArray();
  }

  /** Writes a file. */
  public void file(FileResult file) {
    out.writeStartObject();
    out.writeStringProperty("path", file.path());
    out.writeStringProperty("verdict", file.verdict().word());
    if (!file.format().isEmpty()) {
      out.writeStringProperty("format", file.format());
    }
    out.writeNumberProperty("size", file.size());
    if (!file.sha256().isEmpty()) {
      out.writeStringProperty("sha256", file.sha256());
    }
    observations(file.observations(), file.notes());
    out.writeName("members");
    out.writeStartArray();
    for (MemberResult member : file.members()) {
      out.writeStartObject();
      out.writeStringProperty("path", member.path());
      out.writeStringProperty("verdict", member.verdict().word());
      if (!member.format().isEmpty()) {
        out.writeStringProperty("format", member.format());
      }
      observations(member.observations(), member.notes());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void observations(List<Observation> observations, List<String> notes) {
    if (!observations.isEmpty()) {
      out.writeName("observations");
      out.writeStartArray();
      for (Observation observation : observations) {
        out.writeStartObject();
        out.writeStringProperty("rule", observation.rule());
        out.writeStringProperty("verdict", observation.verdict().word());
        out.writeStringProperty("what", observation.what());
        if (observation.offset() >= 0) {
          out.writeNumberProperty("offset", observation.offset());
        }
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    if (!notes.isEmpty()) {
      out.writeName("notes");
      out.writeStartArray();
      notes.forEach(out::writeString);
      out.writeEndArray();
    }
  }

  /** Ends the document with the counts, and what the rules that spoke say. */
  public void end(Totals totals, List<Rule> spoken) {
    out.writeEndArray();
    out.writeName("counts");
    out.writeStartObject();
    for (Verdict verdict : Verdict.values()) {
      out.writeNumberProperty(verdict.word(), totals.of(verdict));
    }
    out.writeNumberProperty("files", totals.files());
    out.writeNumberProperty("skipped", totals.skipped());
    out.writeNumberProperty("bytes", totals.bytes());
    out.writeEndObject();
    out.writeName("rules");
    out.writeStartArray();
    for (Rule rule : spoken) {
      out.writeStartObject();
      out.writeStringProperty("id", rule.id());
      out.writeStringProperty("title", rule.title());
      out.writeStringProperty("remedy", rule.remedy());
      out.writeName("references");
      out.writeStartArray();
      rule.references().forEach(r -> out.writeString(r.id()));
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** Flushes; leaves the writer open. */
  @Override
  public void close() {
    out.close();
  }
}
