package dev.redoubt.app.init;

import org.jspecify.annotations.Nullable;

/**
 * What only the owner of a system can say; what is absent stays a TODO in the draft.
 *
 * @param name name of the system
 * @param purpose what it does and for whom
 * @param owner who answers for it
 * @param url base URL or address of its chat endpoint
 * @param attackerHeader header by which the first test account is known, as {@code Name: value}
 * @param otherHeader header by which the second test account is known
 * @param factsFile file of planted facts
 * @param documentsFile file of indexed documents
 * @param ledgerFile file in which the system records tool calls
 * @since 0.1.0
 */
public record Answers(
    String name,
    @Nullable String purpose,
    @Nullable String owner,
    @Nullable String url,
    @Nullable String attackerHeader,
    @Nullable String otherHeader,
    @Nullable String factsFile,
    @Nullable String documentsFile,
    @Nullable String ledgerFile) {

  /** Nothing was asked. */
  public static Answers none(String name) {
    return new Answers(name, null, null, null, null, null, null, null, null);
  }
}
