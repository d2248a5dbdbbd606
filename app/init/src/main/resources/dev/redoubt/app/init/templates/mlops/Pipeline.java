import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code java server/Pipeline.java train} or {@code verify}. README.md says why each step is there. */
public final class Pipeline {
  private static final Path DATA = Path.of("data/tickets.csv");
  private static final double LEAST_ACCURACY = 0.6;

  private Pipeline() {}

  public static void main(String[] args) throws Exception {
    switch (args.length == 1 ? args[0] : "") {
      case "train" -> train();
      case "verify" -> {
        Artefact.verified();
        System.out.println("signature and digest fit");
      }
      default -> {
        System.err.println("usage: java server/Pipeline.java train|verify");
        System.exit(2);
      }
    }
  }

  private static void train() throws Exception {
    String dataset = Artefact.digest(DATA);
    String pinned = Files.readString(Path.of(DATA + ".sha256")).split("\\s")[0];
    if (!dataset.equals(pinned)) {
      // Somebody changed the data: a person looks at the difference before a model learns it.
      System.err.println(DATA + " has the digest " + dataset + ", pinned is " + pinned);
      System.exit(1);
    }
    var examples = new ArrayList<Router.Example>();
    for (String line : Files.readAllLines(DATA).stream().skip(1).toList()) {
      int comma = line.indexOf(',');
      examples.add(new Router.Example(line.substring(0, comma), line.substring(comma + 1)));
    }
    double accuracy = accuracy(examples);
    if (accuracy < LEAST_ACCURACY) {
      System.err.println("accuracy " + accuracy + " is below " + LEAST_ACCURACY + ": not released");
      System.exit(1);
    }
    Files.createDirectories(Artefact.WEIGHTS.getParent());
    Files.writeString(Artefact.WEIGHTS, Router.train(examples).write());
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("artefact", Map.of("path", "router.json", "sha256", Artefact.digest(Artefact.WEIGHTS)));
    provenance.put("dataset", Map.of("path", DATA.toString(), "sha256", dataset, "rows", examples.size()));
    provenance.put("trainer", Map.of("path", "server/Router.java", "sha256", Artefact.digest(Path.of("server/Router.java"))));
    provenance.put("leaveOneOutAccuracy", accuracy);
    Files.writeString(Artefact.PROVENANCE, Json.write(provenance));
    Artefact.makeKeys();
    Artefact.sign();
    System.out.printf("trained on %d rows, accuracy %.2f, signed%n", examples.size(), accuracy);
  }

  /** Each row is predicted by a model that did not see it. */
  private static double accuracy(List<Router.Example> examples) {
    int right = 0;
    for (int i = 0; i < examples.size(); i++) {
      var rest = new ArrayList<>(examples);
      Router.Example left = rest.remove(i);
      if (Router.train(rest).topic(left.text()).equals(left.topic())) {
        right++;
      }
    }
    return (double) right / examples.size();
  }
}
