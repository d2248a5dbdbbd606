package dev.redoubt.app.report.internal;

import dev.redoubt.core.Finding;
import dev.redoubt.core.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The lists that the findings cite, one SARIF taxonomy for each framework and edition. */
final class SarifTaxonomies {
  /** A framework in one edition and the ids of it that are cited. */
  private record Edition(Reference first, List<Reference> taxa) {}

  private final Map<String, Edition> lists = new LinkedHashMap<>();

  SarifTaxonomies(List<Finding> findings) {
    for (Finding finding : findings) {
      for (Reference reference : finding.references()) {
        List<Reference> taxa =
            lists
                .computeIfAbsent(name(reference), k -> new Edition(reference, new ArrayList<>()))
                .taxa();
        if (!taxa.contains(reference)) {
          taxa.add(reference);
        }
      }
    }
  }

  /** Names the lists in the driver. */
  void writeSupported(ObjectNode driver) {
    if (lists.isEmpty()) {
      return;
    }
    ArrayNode supported = driver.putArray("supportedTaxonomies");
    int index = 0;
    for (String name : lists.keySet()) {
      supported.addObject().put("name", name).put("index", index++);
    }
  }

  /** Writes the lists into the run. */
  void write(ObjectNode run) {
    if (lists.isEmpty()) {
      return;
    }
    ArrayNode taxonomies = run.putArray("taxonomies");
    lists.forEach((name, list) -> {
      ObjectNode node = taxonomies.addObject();
      node.put("name", name);
      String edition = References.edition(list.first());
      if (!edition.isEmpty()) {
        node.put("version", edition);
      }
      node.put("isComprehensive", false);
      ArrayNode taxa = node.putArray("taxa");
      for (Reference reference : list.taxa()) {
        ObjectNode taxon = taxa.addObject();
        taxon.put("id", reference.id());
        References.title(reference)
            .ifPresent(t -> taxon.putObject("shortDescription").put("text", t));
      }
    });
  }

  /** Writes what one finding cites. */
  void writeTaxa(Finding finding, ObjectNode result) {
    if (finding.references().isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>(lists.keySet());
    List<List<Reference>> taxaOf = lists.values().stream().map(Edition::taxa).toList();
    ArrayNode taxa = result.putArray("taxa");
    for (Reference reference : finding.references()) {
      String name = name(reference);
      int at = names.indexOf(name);
      ObjectNode taxon = taxa.addObject();
      taxon.put("id", reference.id()).put("index", taxaOf.get(at).indexOf(reference));
      taxon.putObject("toolComponent").put("name", name).put("index", at);
    }
  }

  /** Name of a list with its edition, as SARIF components are told apart by name. */
  private static String name(Reference reference) {
    String edition = References.edition(reference);
    String name = References.frameworkName(reference.framework());
    return edition.isEmpty() ? name : name + " " + edition;
  }
}
