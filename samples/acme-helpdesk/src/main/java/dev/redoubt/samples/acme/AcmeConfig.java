package dev.redoubt.samples.acme;

import dev.redoubt.runtime.embed.Embedder;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the help desk is started.
 *
 * @param modelUrl base URL of its model as OpenAI clients take it ({@code …/v1})
 * @param model name of the model to ask for; absent lets the endpoint choose
 * @param folder where the ledger and the ground truth are written; made when it is not there
 * @param seed what the world is drawn from
 * @param generation which of the seed's worlds
 * @param accessControl whether the retriever gives a caller only what they may read
 * @param forwardCaller whether calls to the model carry the caller's {@code Authorization} header,
 *     for a gateway there that wants to know the caller; never with a model outside
 * @param port where to listen on the loopback interface, 0 for a free port
 * @param embedder makes the vectors and stays the giver's to close; absent loads one
 */
public record AcmeConfig(
    URI modelUrl,
    @Nullable String model,
    Path folder,
    long seed,
    Generation generation,
    boolean accessControl,
    boolean forwardCaller,
    int port,
    @Nullable Embedder embedder) {
  public AcmeConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  /** The help desk as it was launched: the first world, no access control, a free port. */
  public static AcmeConfig of(URI modelUrl, Path folder, long seed) {
    return new AcmeConfig(modelUrl, null, folder, seed, Generation.FIRST, false, false, 0, null);
  }

  /** The same with a named model. */
  public AcmeConfig withModel(@Nullable String name) {
    return new AcmeConfig(
        modelUrl, name, folder, seed, generation, accessControl, forwardCaller, port, embedder);
  }

  /** The same with another of the seed's worlds. */
  public AcmeConfig withGeneration(Generation other) {
    return new AcmeConfig(
        modelUrl, model, folder, seed, other, accessControl, forwardCaller, port, embedder);
  }

  /** The same with access control in the retriever, or without. */
  public AcmeConfig withAccessControl(boolean on) {
    return new AcmeConfig(
        modelUrl, model, folder, seed, generation, on, forwardCaller, port, embedder);
  }

  /** The same with the caller's header on calls to the model, or without. */
  public AcmeConfig withForwardCaller(boolean on) {
    return new AcmeConfig(
        modelUrl, model, folder, seed, generation, accessControl, on, port, embedder);
  }

  /** The same on another port. */
  public AcmeConfig withPort(int other) {
    return new AcmeConfig(
        modelUrl, model, folder, seed, generation, accessControl, forwardCaller, other, embedder);
  }

  /** The same with somebody else's embedder. */
  public AcmeConfig withEmbedder(Embedder other) {
    return new AcmeConfig(
        modelUrl, model, folder, seed, generation, accessControl, forwardCaller, port, other);
  }
}
