package dev.redoubt.app.init;

/**
 * Something that was seen in a repository. Its texts are foreign: print them with care.
 *
 * @param kind what it is
 * @param name what was seen: a framework, a path, a port, a function, a model
 * @param file where, from the root of the repository, with forward slashes
 * @param line its line, from 1
 * @since 0.1.0
 */
public record Sighting(Kind kind, String name, String file, int line) {

  /** What can be seen. */
  public enum Kind {
    /** A library that the build asks for. */
    FRAMEWORK,
    /** A path that takes requests. */
    ENDPOINT,
    /** A port that something listens on. */
    PORT,
    /** Base URL of somebody else's model. */
    UPSTREAM,
    /** A system prompt. */
    PROMPT,
    /** A function that a model can call. */
    TOOL,
    /** An MCP server. */
    SERVER,
    /** A model by its name. */
    MODEL,
    /** A file of weights. */
    WEIGHTS,
    /** A vector store or another store of knowledge. */
    STORE,
    /** A variable that holds a credential; its value is not read. */
    VARIABLE,
    /** A place in a prompt that looks like a credential; never its text. */
    CREDENTIAL
  }

  /** The place as editors read it. */
  public String place() {
    return file + ":" + line;
  }
}
