package dev.redoubt.inspect.artifact;

import java.util.List;

/**
 * What was seen in one member of a file.
 *
 * @param path path in the file, with {@code !/} between nested archives
 * @param verdict the worst of its observations
 * @param format the format in words; empty where none was recognised
 * @param observations what was seen, in order
 * @param notes remarks
 */
public record MemberResult(
    String path,
    Verdict verdict,
    String format,
    List<Observation> observations,
    List<String> notes) {
  public MemberResult {
    observations = List.copyOf(observations);
    notes = List.copyOf(notes);
  }
}
