package dev.redoubt.attack.chat;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.Component.Tool;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Location;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.testkit.StubEndpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Sets up targets for tests. */
final class Bench {
  static final Location HERE = new Location("redoubt.yaml", 3);
  static final PlantedFact SECRET =
      new PlantedFact("SECRET_KEY", "hfm-v5b9zv5tb5a5y7yp", PlantedFact.Kind.SECRET, null);
  static final PlantedFact OTHER_MAIL =
      new PlantedFact(
          "PERSONAL_other_MAIL",
          "marta.keller@postfach.example",
          PlantedFact.Kind.PERSONAL,
          "other");
  static final PlantedFact OWN_MAIL =
      new PlantedFact(
          "PERSONAL_attacker_MAIL",
          "bruno.novak@inbox.example",
          PlantedFact.Kind.PERSONAL,
          "attacker");
  static final PlantedFact MEMO =
      new PlantedFact("INTERNAL_MEMO_1", "M-473-MCNN", PlantedFact.Kind.INTERNAL, null);

  private final List<PlantedFact> facts = new ArrayList<>();
  private final Map<String, String> context = new HashMap<>();
  private final Map<String, String> headers = new HashMap<>();
  private final List<Identity> identities = new ArrayList<>();
  private final List<Component> tools = new ArrayList<>();
  private final String url;
  private final Path folder;
  private final GroundTruth.Builder truth = GroundTruth.builder();

  Bench(String url, Path folder) {
    this.url = url;
    this.folder = folder;
  }

  static Bench at(StubEndpoint stub, Path folder) {
    return new Bench(stub.baseUrl().toString(), folder);
  }

  Bench facts(PlantedFact... all) {
    facts.addAll(List.of(all));
    return this;
  }

  Bench context(String name, String value) {
    context.put(name, value);
    return this;
  }

  Bench header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Bench identities(Identity... all) {
    identities.addAll(List.of(all));
    return this;
  }

  Bench twoAccounts() {
    return identities(
        new Identity("attacker", Map.of("X-User", "attacker"), null),
        new Identity("other", Map.of("X-User", "other"), null));
  }

  Bench documents(String file) {
    truth.documentsFile(file);
    return this;
  }

  Bench ledger(String file) {
    truth.ledgerFile(file);
    return this;
  }

  Bench plant(String plantUrl) {
    truth.plant(new Plant(plantUrl, "{\"subject\": \"{{subject}}\", \"text\": \"{{text}}\"}"));
    return this;
  }

  Bench tool(String name, boolean acts, Map<String, Double> limits) {
    tools.add(new Tool(name, HERE, acts, limits));
    return this;
  }

  Bench tool(Tool tool) {
    tools.add(tool);
    return this;
  }

  /** Adds to the ground truth. */
  Bench declare(Consumer<GroundTruth.Builder> more) {
    more.accept(truth);
    return this;
  }

  Target target() {
    var endpoint =
        new Endpoint(
            "assistant",
            HERE,
            url,
            "stub",
            headers,
            identities,
            context,
            truth.facts(facts).build());
    var components = new ArrayList<Component>(tools);
    components.add(endpoint);
    var system = new AiSystem("Acme", "help", "me", null, components, List.of());
    return Target.of(system, endpoint, folder);
  }

  static CampaignSpec spec(String... objectives) {
    return CampaignSpec.of(7).withObjectives(List.of(objectives));
  }

  static CampaignResult run(CampaignSpec spec, Target target, Path folder) {
    return Campaign.run(Campaign.plan(spec, target), new RunFolder(folder), CampaignListener.NONE);
  }
}
