package dev.redoubt.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is true of an endpoint as an agent: who shares its memory, whose mail it handles, which tool
 * servers of strangers it talks to.
 *
 * @param ownMemory whether each account has a memory of its own; a text that is to last is then
 *     looked for in a later conversation of the same account
 * @param mail the mail that it reads and sends; absent when it does neither
 * @param mcpServer how it is told of an MCP server of the attacker's; absent when it can't be
 * @since 0.1.0
 */
public record AgentTruth(boolean ownMemory, @Nullable Mail mail, @Nullable McpServer mcpServer) {
  /** Nothing is known of it as an agent. */
  public static final AgentTruth NONE = new AgentTruth(false, null, null);

  /**
   * Mailboxes whose mail the endpoint handles for their owners. What its tool sends to one of them
   * must arrive there.
   *
   * @param tool name of the tool that sends mail
   * @param mailboxes the mailboxes, at most {@value #MOST_MAILBOXES}; the first is the one that
   *     {@code plants.email} writes to
   * @param reset address to POST to before each attempt, so that all mailboxes are empty; absent
   *     leaves the copies of earlier attempts in them, which go on spreading
   */
  public record Mail(String tool, List<Mailbox> mailboxes, @Nullable String reset) {
    /** Most mailboxes of a population. */
    public static final int MOST_MAILBOXES = 64;

    public Mail {
      mailboxes = List.copyOf(mailboxes);
    }

    /** The mailbox of an account. */
    public Optional<Mailbox> of(@Nullable String identity) {
      return mailboxes.stream().filter(m -> m.identity().equals(identity)).findFirst();
    }
  }

  /**
   * A mailbox.
   *
   * @param identity name of the account whose assistant reads it
   * @param address its mail address
   */
  public record Mailbox(String identity, String address) {}

  /**
   * The place of a stranger's MCP server in the configuration of the endpoint: a run puts one of
   * its own there.
   *
   * @param port port on 127.0.0.1 that the endpoint is set up with already; 0 takes a free one and
   *     writes it into {@code configFile}
   * @param path path of the server's address
   * @param configFile JSON file of the usual form {@code {"mcpServers": {NAME: {"url": …}}}} that
   *     the endpoint reads before each conversation; absent where the port is fixed
   * @param trustedTool tool of another, trusted server of the endpoint; absent when there is none
   * @param ask an ordinary question for which the endpoint uses its tools
   */
  public record McpServer(
      int port,
      String path,
      @Nullable String configFile,
      @Nullable String trustedTool,
      String ask) {
    /** Its address. */
    public String url(int listening) {
      return "http://127.0.0.1:" + listening + path;
    }
  }
}
