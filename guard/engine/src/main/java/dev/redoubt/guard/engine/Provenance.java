package dev.redoubt.guard.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a passage comes from, as the index remembers it since the passage was ingested.
 *
 * @param source name of the document, such as its path or id; empty when nobody said
 * @param sha256 digest of the passage's text in UTF-8, 64 hexadecimal digits; empty when it was
 *     never ingested through {@link RetrievalGuard}
 * @param ingestedAt when, ISO 8601; empty when not known
 * @param ingestedBy who put it there; empty when not known
 * @since 0.2.0
 */
public record Provenance(String source, String sha256, String ingestedAt, String ingestedBy) {
  /** Metadata keys under which adapters keep it beside the passage. */
  public static final String SOURCE = "redoubt_source";

  /** Key of the digest. */
  public static final String SHA256 = "redoubt_sha256";

  /** Key of the time. */
  public static final String INGESTED_AT = "redoubt_ingested_at";

  /** Key of who ingested it. */
  public static final String INGESTED_BY = "redoubt_ingested_by";

  private static final int LONGEST = 200;

  /** Nothing is known. */
  public static final Provenance UNKNOWN = new Provenance("", "", "", "");

  /** Only the source is known. */
  public static Provenance source(String source) {
    return new Provenance(source, "", "", "");
  }

  /** What a passage's begin marker says of it. */
  static Provenance of(PassageMarkers.Passage passage) {
    Map<String, String> a = passage.attributes();
    return new Provenance(
        a.getOrDefault("source", a.getOrDefault("id", "")),
        a.getOrDefault("sha256", ""),
        a.getOrDefault("ingested", ""),
        a.getOrDefault("by", ""));
  }

  /** What metadata say of a passage; {@code source} stands in for a missing source. */
  public static Provenance of(Map<String, ?> metadata, String source) {
    String named = text(metadata, SOURCE);
    return new Provenance(
        named.isEmpty() ? source : named,
        text(metadata, SHA256),
        text(metadata, INGESTED_AT),
        text(metadata, INGESTED_BY));
  }

  private static String text(Map<String, ?> metadata, String key) {
    Object value = metadata.get(key);
    return value == null ? "" : value.toString();
  }

  /** The same as metadata. */
  public Map<String, String> metadata() {
    var map = new LinkedHashMap<String, String>();
    map.put(SOURCE, source);
    map.put(SHA256, sha256);
    map.put(INGESTED_AT, ingestedAt);
    map.put(INGESTED_BY, ingestedBy);
    map.values().removeIf(String::isEmpty);
    return map;
  }

  /**
   * One line for evidence, such as {@code faq.md (sha256 1f2e3d4c5b6a, 2026-11-25, by crawler)}.
   */
  public String origin() {
    var known = new StringBuilder();
    if (!sha256.isEmpty()) {
      known.append("sha256 ").append(plain(sha256), 0, Math.min(12, plain(sha256).length()));
    }
    if (!ingestedAt.isEmpty()) {
      known.append(known.isEmpty() ? "" : ", ").append(plain(ingestedAt));
    }
    if (!ingestedBy.isEmpty()) {
      known.append(known.isEmpty() ? "" : ", ").append("by ").append(plain(ingestedBy));
    }
    String name = source.isEmpty() ? "passage" : plain(source);
    return known.isEmpty() ? name : name + " (" + known + ")";
  }

  /** Whoever wrote a document may have chosen its name: no control characters, bounded. */
  private static String plain(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }

  /** The digest of a passage's text. */
  public static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
