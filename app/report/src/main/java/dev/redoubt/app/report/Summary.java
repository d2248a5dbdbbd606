package dev.redoubt.app.report;

import java.util.ServiceLoader;

/**
 * The run in plain sentences, the same words on the page and on the terminal.
 *
 * @param leaked what leaked and how often
 * @param obligations what it means in money and in law
 * @param changed what the guard changed; empty for a plain assessment
 * @param stillThrough what still gets through; for a plain assessment, what was not tested
 * @param next what to do next
 */
public record Summary(
    String leaked, String obligations, String changed, String stillThrough, String next) {

  /** Finds the sentences; found by {@link ServiceLoader}, as reporters are. */
  public interface Author {
    /** Puts a report into words. */
    Summary summarise(Report report);
  }

  /** Puts a report into words. */
  public static Summary of(Report report) {
    return ServiceLoader.load(Author.class, Summary.class.getClassLoader())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no author of summaries in this build"))
        .summarise(report);
  }
}
