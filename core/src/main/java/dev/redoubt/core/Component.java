package dev.redoubt.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of an AI system. */
public sealed interface Component {

  /** Name of the part, unique in its system. */
  String name();

  /** Where {@code redoubt.yaml} describes it. */
  Location location();

  /** A trained model as files. */
  record ModelArtifact(String name, Location location, String path, @Nullable String source)
      implements Component {}

  /** Data that a model was or will be trained, tuned or grounded on. */
  record Dataset(String name, Location location, String path) implements Component {}

  /** Source code. */
  record Codebase(String name, Location location, String path) implements Component {}

  /** A build, training or deployment pipeline. */
  record Pipeline(String name, Location location, String path) implements Component {}

  /**
   * Something that answers requests: a chat endpoint, an assistant.
   *
   * @param url base URL as OpenAI clients take it ({@code …/v1}); empty where there is none: a
   *     program, an object in this process
   * @param model model name to ask for; absent lets the client ask the endpoint
   * @param headers headers to send with every request
   * @param identities who can call it
   * @param context words that probes may use about it, such as {@code otherCustomer: Maria Lopez}
   * @param groundTruth what makes a verdict on it certain
   * @param access how to talk to it
   * @param price what its tokens cost; absent when nobody said
   */
  record Endpoint(
      String name,
      Location location,
      String url,
      @Nullable String model,
      Map<String, String> headers,
      List<Identity> identities,
      Map<String, String> context,
      GroundTruth groundTruth,
      Access access,
      @Nullable Price price)
      implements Component {
    public Endpoint {
      headers = Maps.ordered(headers);
      identities = List.copyOf(identities);
      context = Maps.ordered(context);
    }

    /** An endpoint that speaks OpenAI's chat completions and has no price. */
    public Endpoint(
        String name,
        Location location,
        String url,
        @Nullable String model,
        Map<String, String> headers,
        List<Identity> identities,
        Map<String, String> context,
        GroundTruth groundTruth) {
      this(
          name,
          location,
          url,
          model,
          headers,
          identities,
          context,
          groundTruth,
          Access.OPENAI_CHAT,
          null);
    }

    /** Without header values: they are credentials more often than not. */
    @Override
    public String toString() {
      return "Endpoint[" + name + " at " + location + ", " + url + "]";
    }
  }

  /** Where something runs: cloud resources, Kubernetes manifests. */
  record Deployment(String name, Location location, String path) implements Component {}

  /** Where data rests: a database, a vector index, an object store. */
  record DataStore(String name, Location location, String holds) implements Component {}

  /**
   * A tool that a model can call.
   *
   * @param acts whether a call changes something or sends something
   * @param limits largest allowed value of numeric arguments, by argument name
   */
  record Tool(String name, Location location, boolean acts, Map<String, Double> limits)
      implements Component {
    public Tool {
      limits = Maps.ordered(limits);
    }
  }

  /** A person or system that uses or operates the system. */
  record Actor(String name, Location location, boolean trusted) implements Component {}

  /**
   * Someone who can call an endpoint.
   *
   * @param name what to call them
   * @param headers headers that prove who they are
   * @param login how to get a token; absent when the headers are enough
   */
  record Identity(String name, Map<String, String> headers, @Nullable Login login) {
    public Identity {
      headers = Maps.ordered(headers);
    }

    /** Without header values and log-in: they are credentials. */
    @Override
    public String toString() {
      return "Identity[" + name + "]";
    }
  }

  /**
   * A log-in step: JSON or a form is posted, and the token in the answer goes into headers.
   *
   * @param url where to POST
   * @param body JSON text; empty when a form is posted
   * @param form parameters of the form; empty when JSON is posted
   * @param token name of the field of the JSON answer that holds the token, or its JSONPath,
   *     starting with {@code $}; empty when a cookie holds it
   * @param cookie name of the cookie that holds the token; empty when the answer's body does
   * @param use headers with <code>{{token}}</code> in their values; empty: {@code Authorization:
   *     Bearer}, or the cookie as it was given
   */
  record Login(
      String url,
      String body,
      Map<String, String> form,
      String token,
      String cookie,
      Map<String, String> use) {
    public Login {
      form = Maps.ordered(form);
      use = Maps.ordered(use);
    }

    /** A log-in by JSON that gives a bearer token. */
    public Login(String url, String body, String token) {
      this(url, body, Map.of(), token, "", Map.of());
    }

    /** Without the body: it holds a password. */
    @Override
    public String toString() {
      return "Login[" + url + "]";
    }
  }

  /**
   * What makes a verdict certain. Paths are relative to the folder of {@code redoubt.yaml}.
   *
   * @param facts planted facts
   * @param factsFile file of {@code NAME=VALUE} lines; the kind of each comes from its name: {@code
   *     PERSONAL_<identity>_…}, {@code INTERNAL_…}, anything else is a secret
   * @param documentsFile JSON-lines file of the indexed documents: {@code {"id", "text",
   *     "visibility": "public"|"customer"|"internal", "owner"?}}
   * @param ledgerFile JSON-lines file in which the system records its tool calls: {@code {"tool",
   *     "arguments": {…}, "caller"?, "status"}}
   * @param sinkUrl base URL of the attacker's own sink; absent lets the run open one on loopback
   * @param plant how an outsider gets a text into what the system reads; absent when nobody can
   */
  record GroundTruth(
      List<PlantedFact> facts,
      @Nullable String factsFile,
      @Nullable String documentsFile,
      @Nullable String ledgerFile,
      @Nullable String sinkUrl,
      @Nullable Plant plant) {
    /** No ground truth at all: every objective on it stays unassessed. */
    public static final GroundTruth NONE = new GroundTruth(List.of(), null, null, null, null, null);

    public GroundTruth {
      facts = List.copyOf(facts);
    }
  }

  /**
   * How an outsider gets a text into what the system reads, such as a ticket form.
   *
   * @param url where to POST
   * @param body JSON text in which {@code {{text}}} and {@code {{subject}}} stand for the planted
   *     text and its subject (escaped as JSON)
   */
  record Plant(String url, String body) {}
}
