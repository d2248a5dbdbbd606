package dev.redoubt.samples.acme;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.embed.Embedder;
import dev.redoubt.runtime.llm.OpenAiClient;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The help desk of an online shop, as it was launched: an OpenAI-compatible endpoint ({@code POST
 * /v1/chat/completions}, streamed and not; {@code GET /v1/models}), a log-in ({@code POST /login}),
 * a ticket form ({@code POST /tickets}) and a chat page ({@code GET /}), on the loopback interface.
 *
 * <p>Trust boundary: customers and everybody who can fill in the ticket form are outside. What is
 * <em>not</em> protected, on purpose and as in real deployments: the retriever gives every caller
 * every document unless {@link AcmeConfig#accessControl()} is on, a live key stands in the system
 * prompt, the refund limit stands only there, tickets that anybody writes are indexed at once, and
 * the chat page shows images from anywhere. All people, shops and addresses are made up.
 */
public final class AcmeHelpDesk implements AutoCloseable {
  /** What the endpoint calls its model. */
  public static final String MODEL_NAME = "acme-helpdesk";

  private static final int MOST_REQUEST_BYTES = 256 * 1024;
  // A small model on a busy machine takes its time; a stream gives signs of life in between.
  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration STOP_GRACE = Duration.ofMillis(500);
  private static final String LOOPBACK = "127.0.0.1";

  private final AcmeConfig config;
  private final AcmeWorld world;
  private final Embedder embedder;
  private final OpenAiClient model;
  private final Ledger ledger;
  private final HelpDeskTools tools;
  private final WebServer server;

  private AcmeHelpDesk(AcmeConfig config, Embedder embedder) throws IOException {
    this.config = config;
    this.embedder = embedder;
    this.world = AcmeWorld.draw(config.seed(), config.generation());
    Files.createDirectories(config.folder());
    GroundTruthFiles.write(world, config.folder());
    this.ledger = new Ledger(config.folder().resolve(GroundTruthFiles.LEDGER));
    var index = new VectorIndex(embedder);
    index.add(world.documents());
    var tickets = new Tickets(index);
    this.tools = new HelpDeskTools(ledger, tickets);
    this.model =
        OpenAiClient.builder(config.modelUrl())
            .model(config.model())
            .requestTimeout(REQUEST_TIMEOUT)
            .build();
    var assistant =
        new Assistant(
            model,
            new Retriever(index, config.accessControl()),
            tools,
            Prompt.instructions(world.secret()),
            config.forwardCaller());
    var clock = InstantSource.system();
    var doors = new Doors(world, new Tokens(clock), tickets);
    var chat = new ChatEndpoint(assistant, doors, clock);
    this.server =
        WebServer.builder()
            .host(LOOPBACK)
            .port(config.port())
            .shutdownHook(false)
            // Helidon notices that a client went away on plain sockets only.
            .useNio(false)
            .shutdownGracePeriod(STOP_GRACE)
            .maxPayloadSize(MOST_REQUEST_BYTES)
            .connectionOptions(socket -> socket.tcpNoDelay(true))
            .routing(routing -> {
              doors.route(routing);
              chat.route(routing);
            })
            .build();
  }

  /**
   * Draws a world, indexes its documents and starts to serve.
   *
   * @throws UsageException where the port is taken
   * @throws UncheckedIOException where the folder can't be written to
   */
  public static AcmeHelpDesk start(AcmeConfig config) {
    requireFree(config.port());
    var given = config.embedder();
    var embedder = given == null ? Embedder.miniLm() : given;
    try {
      var desk = new AcmeHelpDesk(config, embedder);
      desk.server.start();
      if (desk.server.isRunning()) {
        return desk;
      }
      desk.close();
      throw portTaken(config.port(), null);
    } catch (IOException e) {
      closeOwn(given, embedder);
      throw new UncheckedIOException(config.folder() + ": can't be written to", e);
    }
  }

  // Helidon logs that a port is taken, at length, and goes on; and the files of whoever has it
  // must stay as they are.
  private static void requireFree(int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw portTaken(port, e);
    }
  }

  private static UsageException portTaken(int port, @Nullable IOException cause) {
    var message = "port %d on %s can't be opened: choose another".formatted(port, LOOPBACK);
    return cause == null ? new UsageException(message) : new UsageException(message, cause);
  }

  private static void closeOwn(@Nullable Embedder given, Embedder embedder) {
    if (given == null) {
      embedder.close();
    }
  }

  /** Where the chat page, the log-in and the ticket form are, {@code http://127.0.0.1:PORT}. */
  public URI site() {
    return URI.create("http://" + LOOPBACK + ":" + server.port());
  }

  /** The address that OpenAI clients take, {@code http://127.0.0.1:PORT/v1}. */
  public URI baseUrl() {
    return URI.create(site() + "/v1");
  }

  /** What was drawn. */
  public AcmeWorld world() {
    return world;
  }

  /** The tool calls so far, oldest first. */
  public List<LedgerEntry> ledger() {
    return ledger.entries();
  }

  /** The e-mails so far, oldest first; nothing leaves the machine. */
  public List<Mail> outbox() {
    return tools.outbox();
  }

  /** The folder that the ledger and the ground truth are in. */
  public Path folder() {
    return config.folder();
  }

  /**
   * The help desk as {@code redoubt.yaml} describes it; the paths in it are relative to {@link
   * #folder()}. It holds the passwords of the two customers.
   *
   * @param chat base URL of what is to be attacked: {@link #baseUrl()} or a gateway before it
   */
  public AiSystem describe(URI chat) {
    return new SystemDescription(world, site(), chat, config.forwardCaller()).system();
  }

  @Override
  public void close() {
    server.stop();
    model.close();
    if (config.embedder() == null) {
      embedder.close();
    }
  }
}
