package dev.redoubt.inspect.artifact;

import java.util.List;

/**
 * What was seen in one file.
 *
 * @param path as it was named, or found below a folder that was named, with forward slashes
 * @param verdict the worst of its own observations and of its members
 * @param format the format in words; empty where none was recognised
 * @param size in bytes
 * @param sha256 in lower-case hexadecimal; empty where the file could not be read to its end
 * @param observations what was seen in the file itself
 * @param notes remarks
 * @param members what was seen in its members, in order; inert ones only up to {@link
 *     ArtifactInspector#MAX_MEMBERS}
 */
public record FileResult(
    String path,
    Verdict verdict,
    String format,
    long size,
    String sha256,
    List<Observation> observations,
    List<String> notes,
    List<MemberResult> members) {
  public FileResult {
    observations = List.copyOf(observations);
    notes = List.copyOf(notes);
    members = List.copyOf(members);
  }
}
