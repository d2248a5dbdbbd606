package dev.redoubt.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is talked to. Templates hold <code>{{text}}</code> (what is said), <code>
 * {{conversation}}</code> (its id), <code>{{messages}}</code> (all that was said, as a JSON list of
 * role and content), <code>{{model}}</code>, <code>{{identity}}</code>, <code>{{temperature}}
 * </code>, <code>{{seed}}</code> and <code>{{maxTokens}}</code>; paths into replies are JSONPath
 * (RFC 9535).
 *
 * @since 0.1.0
 */
public sealed interface Access {
  /** OpenAI's chat completions, whole replies. */
  Access OPENAI_CHAT = new ModelApi(Api.OPENAI_CHAT, false, true);

  /** The word of {@code redoubt.yaml}. */
  String protocol();

  /** Interfaces of models, each with a form of its own. */
  enum Api {
    OPENAI_CHAT("openai-chat"),
    OPENAI_COMPLETIONS("openai-completions"),
    OPENAI_RESPONSES("openai-responses"),
    ANTHROPIC("anthropic"),
    OLLAMA("ollama");

    private final String word;

    Api(String word) {
      this.word = word;
    }

    /** The word of {@code redoubt.yaml}. */
    public String word() {
      return word;
    }

    /** Whether temperature and seed are sent where nobody says: Anthropic's takes them no more. */
    public boolean samples() {
      return this != ANTHROPIC;
    }
  }

  /**
   * A published interface of models.
   *
   * @param stream whether to ask for a stream: some targets answer in no other way
   * @param sampling whether to send temperature and seed: some models refuse them
   */
  record ModelApi(Api api, boolean stream, boolean sampling) implements Access {
    @Override
    public String protocol() {
      return api.word();
    }
  }

  /** Pieces in which an HTTP reply comes. */
  enum Stream {
    /** One document. */
    NONE,
    /** Server-sent events. */
    SSE,
    /** A JSON document a line. */
    NDJSON
  }

  /** Where the id of a conversation comes from. */
  sealed interface ConversationId {
    /**
     * A request before the first.
     *
     * @param url full address
     * @param body JSON text; empty for none
     * @param id JSONPath of the id in the answer
     */
    record Started(String method, String url, String body, String id) implements ConversationId {
      /** Without the body, which may hold a key. */
      @Override
      public String toString() {
        return "Started[" + method + " " + url + "]";
      }
    }

    /** JSONPath of the id in the replies; the first request goes without. */
    record Answered(String path) implements ConversationId {}

    /** A new UUID for each conversation. */
    record Generated() implements ConversationId {}
  }

  /**
   * Any HTTP service, by template.
   *
   * @param method GET, POST, PUT or PATCH
   * @param path goes after the endpoint's URL; may be empty
   * @param headers go with every request, beside the endpoint's
   * @param query parameters of the URL
   * @param form parameters of a form body; empty when there is a body of another kind
   * @param body JSON text, or other text where a header says so; empty for none
   * @param reply JSONPath of the words, in each piece of a stream; absent: all of it is the words
   * @param toolCalls JSONPath of tool calls
   * @param done JSONPath of what the last piece of a stream has; absent: it ends with the body
   * @param error JSONPath of what only failures have
   * @param conversation where its id comes from; absent when there is none
   * @param cookies whether each conversation keeps the cookies that it is given
   * @param promptTokens JSONPath of the tokens read
   * @param completionTokens JSONPath of the tokens written
   */
  record Http(
      String method,
      String path,
      Map<String, String> headers,
      Map<String, String> query,
      Map<String, String> form,
      String body,
      @Nullable String reply,
      @Nullable String toolCalls,
      Stream stream,
      @Nullable String done,
      @Nullable String error,
      @Nullable ConversationId conversation,
      boolean cookies,
      @Nullable String promptTokens,
      @Nullable String completionTokens)
      implements Access {
    /** Copies the maps. */
    public Http {
      headers = Maps.ordered(headers);
      query = Maps.ordered(query);
      form = Maps.ordered(form);
    }

    @Override
    public String protocol() {
      return "http";
    }

    /** Without what is sent, which may hold keys. */
    @Override
    public String toString() {
      return "Http[" + method + " " + path + "]";
    }
  }

  /**
   * A WebSocket for each conversation.
   *
   * @param open message to send first; empty for none
   * @param greetings messages that the target sends before it is asked, to be skipped
   * @param message what is sent for each turn
   * @param reply JSONPath of the words in each message; absent: all of it is the words
   * @param toolCalls JSONPath of tool calls
   * @param done JSONPath of what the last message of a turn has; absent: the first with words is it
   * @param error JSONPath of what only failures have
   */
  record WebSocket(
      String open,
      int greetings,
      String message,
      @Nullable String reply,
      @Nullable String toolCalls,
      @Nullable String done,
      @Nullable String error)
      implements Access {
    @Override
    public String protocol() {
      return "websocket";
    }

    /** Without what is sent, which may hold keys. */
    @Override
    public String toString() {
      return "WebSocket[reply " + reply + "]";
    }
  }

  /**
   * A tool of an MCP server, over standard input and output or streamable HTTP.
   *
   * @param command starts the server in the folder of {@code redoubt.yaml}; empty: it is at the
   *     endpoint's URL
   * @param tool the tool; absent when the server has one only
   * @param argument the argument that takes the words; absent when it has one text only
   * @param arguments further arguments, by template
   */
  record Mcp(
      List<String> command,
      @Nullable String tool,
      @Nullable String argument,
      Map<String, String> arguments)
      implements Access {
    /** Copies the collections. */
    public Mcp {
      command = List.copyOf(command);
      arguments = Maps.ordered(arguments);
    }

    @Override
    public String protocol() {
      return "mcp";
    }
  }

  /**
   * A program that speaks JSON lines.
   *
   * @param command starts it in the folder of {@code redoubt.yaml}
   */
  record Program(List<String> command) implements Access {
    /** Copies the command. */
    public Program {
      command = List.copyOf(command);
    }

    @Override
    public String protocol() {
      return "program";
    }
  }

  /**
   * A Java object in this process.
   *
   * @param className class with a public constructor without parameters and a public method that
   *     makes a text of a text
   * @param classpath jars and folders, relative to the folder of {@code redoubt.yaml}
   */
  record Java(String className, List<String> classpath) implements Access {
    /** Copies the class path. */
    public Java {
      classpath = List.copyOf(classpath);
    }

    @Override
    public String protocol() {
      return "java";
    }
  }
}
