package dev.redoubt.attack.chat;

import java.util.List;

/**
 * How much came out over the calls of the attacker's account in one pass: documents that it may not
 * read, and other customers, of whom a planted fact or a verbatim passage was seen.
 *
 * @param points one for each call, in order
 * @param documents how many such documents are indexed
 * @param allDocuments how many documents are indexed, readable ones included
 * @param customers how many other customers the index holds
 * @since 0.1.0
 */
public record Extraction(List<Point> points, int documents, int allDocuments, int customers) {
  public Extraction {
    points = List.copyOf(points);
  }

  /**
   * What had been seen after so many calls.
   *
   * @param calls calls so far
   * @param documents distinct documents seen so far
   * @param customers distinct customers seen so far
   */
  public record Point(int calls, int documents, int customers) {}

  /** Documents seen in the end. */
  public int documentsSeen() {
    return points.isEmpty() ? 0 : points.getLast().documents();
  }

  /** Customers seen in the end. */
  public int customersSeen() {
    return points.isEmpty() ? 0 : points.getLast().customers();
  }
}
