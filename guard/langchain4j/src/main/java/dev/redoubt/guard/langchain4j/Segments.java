package dev.redoubt.guard.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.redoubt.guard.engine.DocumentLabel;
import dev.redoubt.guard.engine.GuardPassage;
import dev.redoubt.guard.engine.Provenance;
import dev.redoubt.guard.engine.Visibility;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes what metadata say of a passage. */
final class Segments {
  private Segments() {}

  static GuardPassage passage(TextSegment segment, String id) {
    Map<String, Object> metadata = segment.metadata().toMap();
    String source = source(metadata);
    return new GuardPassage(
        source.isEmpty() ? id : source,
        segment.text(),
        label(metadata),
        Provenance.of(metadata, source));
  }

  /** The name that LangChain4j's loaders give a document. */
  private static String source(Map<String, Object> metadata) {
    for (String key : new String[] {"id", Document.FILE_NAME, Document.URL, "source"}) {
      Object value = metadata.get(key);
      if (value != null) {
        return value.toString();
      }
    }
    return "";
  }

  static @Nullable DocumentLabel label(Map<String, ?> metadata) {
    Object visibility = metadata.get("visibility");
    Object owner = metadata.get("owner");
    if (visibility == null && owner == null) {
      return null;
    }
    return new DocumentLabel(
        visibility == null ? Visibility.OWNER : Visibility.of(visibility.toString()),
        owner == null ? null : owner.toString());
  }

  static TextSegment stamped(TextSegment segment, GuardPassage passage) {
    Metadata metadata = segment.metadata().copy();
    passage.provenance().metadata().forEach(metadata::put);
    return TextSegment.from(passage.text(), metadata);
  }
}
