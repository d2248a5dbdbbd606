package dev.redoubt.app.report.internal;

import dev.redoubt.core.Finding;
import dev.redoubt.core.Reference;
import dev.redoubt.core.Taxonomy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks up what the references of findings are called. */
final class References {
  private References() {}

  static Optional<String> title(Reference reference) {
    return Taxonomy.load().find(reference).map(Taxonomy.Entry::title);
  }

  static boolean verified(Reference reference) {
    return Taxonomy.load().find(reference).map(Taxonomy.Entry::verified).orElse(false);
  }

  /** Full name of a framework, or its key when it is not known. */
  static String frameworkName(String key) {
    return Taxonomy.load().framework(key).map(Taxonomy.Framework::name).orElse(key);
  }

  /** Whose the frameworks are that these findings cite, once each. */
  static List<String> notices(List<Finding> findings) {
    Set<String> notices = new LinkedHashSet<>();
    for (Finding finding : findings) {
      for (Reference reference : finding.references()) {
        Taxonomy.load()
            .framework(reference.framework())
            .map(Taxonomy.Framework::notice)
            .filter(n -> !n.isBlank())
            .ifPresent(notices::add);
      }
    }
    return new ArrayList<>(notices);
  }

  /** The edition of an id: what follows its colon or at-sign, or else that of its list. */
  static String edition(Reference reference) {
    String id = reference.id();
    int cut = Math.max(id.lastIndexOf(':'), id.lastIndexOf('@'));
    return cut >= 0
        ? id.substring(cut + 1)
        : Taxonomy.load().find(reference).map(Taxonomy.Entry::edition).orElse("");
  }
}
