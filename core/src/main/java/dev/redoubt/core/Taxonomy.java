package dev.redoubt.core;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the ids of the frameworks that findings refer to, each with its edition, and refuses
 * everything else: an id that is not here is a mistake in whoever cites it.
 *
 * <p>A framework is one resource, {@code taxonomy/<key>.csv}, read when it is first asked for. Ids
 * are held as they are cited: {@code LLM01:2026}, {@code ASI01:2026}, {@code AML.T0051@2026.09},
 * {@code CWE-200}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Taxonomy {
  private static final Taxonomy SHARED = new Taxonomy();

  private final Map<String, TaxonomyFile> files = new ConcurrentHashMap<>();

  private Taxonomy() {}

  /**
   * One entry of a framework.
   *
   * @param reference framework and id
   * @param edition edition of the framework, or version of the list that the title comes from
   * @param title title, which for a sub-technique starts with the one of its technique
   * @param verified false where the title comes from copies only: show it as unverified
   */
  public record Entry(Reference reference, String edition, String title, boolean verified) {}

  /**
   * A framework.
   *
   * @param key as in {@link Reference#framework()}
   * @param name full name
   * @param notice whose it is and under which licence; to be shown where its ids are listed
   */
  public record Framework(String key, String name, String notice) {}

  /** Gives the taxonomies of this version of Redoubt; cheap, nothing is read yet. */
  public static Taxonomy load() {
    return SHARED;
  }

  /**
   * Finds an entry.
   *
   * @return the entry; empty when the framework or the id is not known, or the id is retired
   */
  public Optional<Entry> find(Reference reference) {
    return Optional.ofNullable(file(reference.framework()).entries().get(reference.id()));
  }

  /**
   * Gives the reference back when it is known.
   *
   * @throws IllegalArgumentException when it is unknown, has no edition, or is retired; says which
   */
  public Reference require(Reference reference) {
    entry(reference);
    return reference;
  }

  /** Makes a reference that is known; the same refusals as {@link #require}. */
  public Reference reference(String framework, String id) {
    return require(new Reference(framework, id));
  }

  /** Title of a reference; the same refusals as {@link #require}. */
  public String title(Reference reference) {
    return entry(reference).title();
  }

  /** All entries of a framework in its order; none when the framework is not known. */
  public Collection<Entry> entries(String framework) {
    return file(framework).entries().values();
  }

  /** Name and notice of a framework; empty when it is not known. */
  public Optional<Framework> framework(String key) {
    return Optional.ofNullable(file(key).framework());
  }

  private Entry entry(Reference reference) {
    TaxonomyFile file = file(reference.framework());
    Entry entry = file.entries().get(reference.id());
    if (entry == null) {
      throw new IllegalArgumentException(file.refusal(reference));
    }
    return entry;
  }

  private TaxonomyFile file(String framework) {
    return files.computeIfAbsent(framework, TaxonomyFile::read);
  }
}
