package dev.redoubt.attack.chat;

import org.jspecify.annotations.Nullable;

/**
 * Which model a run asks besides its target. Written beside the tape, so that a resumed run asks
 * the same one; holds no key, only the name of the variable that has it.
 *
 * @param where {@link #LOCAL}, or the base URL of an OpenAI-compatible endpoint
 * @param model name of the model there; absent leaves it to the endpoint
 * @param keyVariable variable of the environment whose value is sent as bearer token, when it is
 *     set
 * @since 0.1.0
 */
public record ModelChoice(String where, @Nullable String model, String keyVariable) {
  /** The model that Redoubt itself runs. */
  public static final String LOCAL = "local";

  /** Says whether it is the model that Redoubt itself runs. */
  public boolean isLocal() {
    return where.equals(LOCAL);
  }

  /** How records and reports call it. */
  public String name() {
    return model == null ? (isLocal() ? "the local model" : "the model at " + where) : model;
  }
}
