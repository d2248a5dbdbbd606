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

  /** What it is, by the word that {@code redoubt.yaml} uses for its {@code type}. */
  default String type() {
    return switch (this) {
      case ModelArtifact c -> "model";
      case Dataset c -> "dataset";
      case Codebase c -> "codebase";
      case Pipeline c -> "pipeline";
      case Endpoint c -> "endpoint";
      case Deployment c -> "deployment";
      case DataStore c -> "datastore";
      case Tool c -> "tool";
      case Actor c -> "actor";
    };
  }

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
   * @param allowedFor names of the identities that may have it called; absent when all may
   * @param confirm whether a call must carry a confirmation of the asker: an argument or a record
   *     {@code confirmed: true}
   * @param forbidden whether the assistant must never call it
   */
  record Tool(
      String name,
      Location location,
      boolean acts,
      Map<String, Double> limits,
      @Nullable List<String> allowedFor,
      boolean confirm,
      boolean forbidden)
      implements Component {
    public Tool {
      limits = Maps.ordered(limits);
      allowedFor = allowedFor == null ? null : List.copyOf(allowedFor);
    }

    /** A tool that anybody may have called without confirmation. */
    public Tool(String name, Location location, boolean acts, Map<String, Double> limits) {
      this(name, location, acts, limits, null, false, false);
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
   * @param sees what it may see beside its own; {@link Sees#NOTHING} when nothing is declared
   */
  record Identity(String name, Map<String, String> headers, @Nullable Login login, Sees sees) {
    public Identity {
      headers = Maps.ordered(headers);
    }

    /** An account that sees its own things only. */
    public Identity(String name, Map<String, String> headers, @Nullable Login login) {
      this(name, headers, login, Sees.NOTHING);
    }

    /** Without header values and log-in: they are credentials. */
    @Override
    public String toString() {
      return "Identity[" + name + "]";
    }
  }

  /**
   * What an identity may see beside what it owns.
   *
   * @param owners names whose personal data it may see
   * @param visibility documents that it may see: {@code public}, {@code customer}, {@code internal}
   * @param documents ids of single documents
   * @param tools tools that may be called for it; absent when all may
   */
  record Sees(
      List<String> owners,
      List<String> visibility,
      List<String> documents,
      @Nullable List<String> tools) {
    /** Nothing but its own. */
    public static final Sees NOTHING = new Sees(List.of(), List.of(), List.of(), null);

    public Sees {
      owners = List.copyOf(owners);
      visibility = List.copyOf(visibility);
      documents = List.copyOf(documents);
      tools = tools == null ? null : List.copyOf(tools);
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
   * How an outsider gets a text into what the system reads, such as a ticket form.
   *
   * <p>In texts, {@code {{text}}} and {@code {{subject}}} stand for the planted text and its
   * subject.
   *
   * @param channel {@code ticket}, {@code page}, {@code email}, {@code tool-result} or {@code
   *     upload}
   * @param url where to send it; empty for a page that the run itself serves on loopback
   * @param body JSON text to POST, in which the two are escaped as JSON; empty where {@code parts}
   *     are given
   * @param parts parts of a multipart form to POST; empty where a body is given
   */
  record Plant(String channel, String url, String body, List<Part> parts) {
    /** The channel of the short form. */
    public static final String TICKET = "ticket";

    /** The channel of web pages. */
    public static final String PAGE = "page";

    /** The channels that there are. */
    public static final List<String> CHANNELS =
        List.of(TICKET, PAGE, "email", "tool-result", "upload");

    public Plant {
      parts = List.copyOf(parts);
      if (!body.isEmpty() && !parts.isEmpty()) {
        throw new IllegalArgumentException(channel + " has a body beside its parts");
      }
    }

    /** Says whether the run itself serves the text, so that nothing is sent. */
    public boolean served() {
      return url.isEmpty();
    }

    /** The short form: JSON for a ticket form. */
    public Plant(String url, String body) {
      this(TICKET, url, body, List.of());
    }

    /**
     * A part of a multipart form.
     *
     * @param name name of the field
     * @param value its text, or the text from which the file is made
     * @param file name of the file that is uploaded, whose ending says what is made; {@code
     *     {{format}}} in it stands for each ending in turn; absent for an ordinary field
     */
    public record Part(String name, String value, @Nullable String file) {}
  }
}
