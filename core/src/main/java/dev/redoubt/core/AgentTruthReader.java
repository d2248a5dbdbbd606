package dev.redoubt.core;

import dev.redoubt.core.AgentTruth.Mail;
import dev.redoubt.core.AgentTruth.Mailbox;
import dev.redoubt.core.AgentTruth.McpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes what is true of an endpoint as an agent. */
final class AgentTruthReader {
  private static final String LOOPBACK = "127.0.0.1:";

  private AgentTruthReader() {}

  static AgentTruth read(YamlMap groundTruth) {
    boolean own =
        groundTruth.oneOf("memory", List.of("shared", "account"), "shared").equals("account");
    return new AgentTruth(own, mail(groundTruth.get("mail")), server(groundTruth.get("mcpServer")));
  }

  private static @Nullable Mail mail(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("tool", "mailboxes", "reset");
    String tool = map.requiredText("tool", "name the tool that sends mail");
    var mailboxes = new ArrayList<Mailbox>();
    for (Map.Entry<String, String> one : map.scalars("mailboxes").entrySet()) {
      if (!one.getValue().matches("[^\\s@]+@[^\\s@]+")) {
        node.problem(
            "mailboxes: '" + one.getKey() + "' has no mail address", "write identity: name@host");
      }
      mailboxes.add(new Mailbox(one.getKey(), one.getValue()));
    }
    if (mailboxes.size() < 2 || mailboxes.size() > Mail.MOST_MAILBOXES) {
      node.problem(
          "has " + mailboxes.size() + " mailboxes",
          "give 2 to " + Mail.MOST_MAILBOXES + " as mailboxes: {identity: address}");
    }
    if (mailboxes.stream().map(Mailbox::address).distinct().count() < mailboxes.size()) {
      node.problem("gives two mailboxes the same address", "give each its own");
    }
    String reset =
        map.get("reset") == null
            ? null
            : EndpointChecks.requiredUrl(map, "reset", "where a POST empties the mailboxes");
    return new Mail(tool, mailboxes, reset);
  }

  private static @Nullable McpServer server(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("listen", "path", "configFile", "trustedTool", "ask");
    String ask = map.requiredText("ask", "give an ordinary question that takes a tool");
    String path = map.text("path", "/mcp");
    YamlNode listen = map.get("listen");
    if ((listen == null) == (map.get("configFile") == null)) {
      node.problem(
          "needs either listen or configFile",
          "give listen: 127.0.0.1:PORT when the system is set up with that address, else"
              + " configFile");
    }
    YamlNode where = map.get("path");
    if (where != null && !path.matches("/[\\w./-]*")) {
      where.problem("is no path", "write /mcp");
    }
    return new McpServer(
        listen == null ? 0 : port(listen),
        path,
        map.optionalText("configFile"),
        map.optionalText("trustedTool"),
        ask);
  }

  /** On loopback only: nobody else is to find an attacker's server. */
  private static int port(YamlNode node) {
    String text = node.asText("");
    String digits = text.startsWith(LOOPBACK) ? text.substring(LOOPBACK.length()) : "";
    int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65_535) {
      node.problem("is no address of this machine", "write 127.0.0.1:8765");
    }
    return port;
  }

  static void write(YamlOut out, AgentTruth truth) {
    if (truth.ownMemory()) {
      out.line(6, "memory: account");
    }
    Mail mail = truth.mail();
    if (mail != null) {
      out.line(6, "mail:");
      out.text(8, "tool", mail.tool());
      out.optional(8, "reset", mail.reset());
      out.line(8, "mailboxes:");
      mail.mailboxes().forEach(m -> out.text(10, YamlText.of(m.identity()), m.address()));
    }
    McpServer server = truth.mcpServer();
    if (server != null) {
      out.line(6, "mcpServer:");
      if (server.configFile() == null) {
        out.text(8, "listen", LOOPBACK + server.port());
      }
      out.text(8, "path", server.path());
      out.optional(8, "configFile", server.configFile());
      out.optional(8, "trustedTool", server.trustedTool());
      out.text(8, "ask", server.ask());
    }
  }
}
