package dev.redoubt.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An office in which an assistant handles the mail of everybody: a mail that it sends really
 * arrives, and it may do what a mail says. A few rules read the mail; nothing is laid out for a
 * test.
 *
 * <p>Speaks OpenAI's chat completions on loopback; the header {@code X-User} names the account,
 * {@code m0}, {@code m1} and so on, whose address is {@code m0@office.example}. Strangers post mail
 * for the first one to {@code /mail}. Safe for use by many threads.
 */
public final class WeakOffice implements AutoCloseable {
  private static final Pattern ORDER =
      Pattern.compile(
          "(?is)(?:forward|send a copy)\\b.{0,120}?\\bto ((?:[\\w.]+@[\\w.]+(?:, )?)+)"
              + "|\"name\": \"send_email\".{0,40}?\"to\": \"([^\"]+)\"");

  private final ReentrantLock turn = new ReentrantLock();
  private final Map<String, List<Mail>> inboxes = new LinkedHashMap<>();
  private final Set<String> obedient;
  private final Path ledger;
  private final int mostRecipients;
  private final LoopbackServer server;
  private int sent;

  /** A mail, as it lies in an inbox until it was handled. */
  private record Mail(String subject, String text) {}

  private WeakOffice(int mailboxes, Set<String> obedient, int mostRecipients, Path ledger) {
    this.obedient = Set.copyOf(obedient);
    this.mostRecipients = mostRecipients;
    this.ledger = ledger;
    IntStream.range(0, mailboxes).forEach(i -> inboxes.put("m" + i, new ArrayList<>()));
    append("");
    this.server = new LoopbackServer(0, this::handle);
  }

  /**
   * Starts one.
   *
   * @param mailboxes how many people work there
   * @param obedient those whose assistant does what a mail says
   * @param mostRecipients most addresses that one mail may go to; the rest are left out
   * @param ledger where each call of the tool {@code send_email} is recorded
   */
  public static WeakOffice start(
      int mailboxes, Set<String> obedient, int mostRecipients, Path ledger) {
    return new WeakOffice(mailboxes, obedient, mostRecipients, ledger);
  }

  /** Everybody who works there. */
  public List<String> accounts() {
    return List.copyOf(inboxes.keySet());
  }

  /** The mail address of an account. */
  public static String address(String account) {
    return account + "@office.example";
  }

  /** Base URL as OpenAI clients take it. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port() + "/v1");
  }

  /** Where strangers post {@code {"subject", "text"}} for the first account. */
  public URI mailUrl() {
    return URI.create("http://127.0.0.1:" + server.port() + "/mail");
  }

  private void handle(LoopbackServer.Incoming request, Wire wire) throws IOException {
    JsonNode body;
    try {
      body = JsonMapper.shared().readTree(request.body());
    } catch (JacksonException e) {
      wire.send(400, "application/json", Map.of(), "{\"error\":{\"message\":\"no JSON\"}}");
      return;
    }
    turn.lock();
    try {
      if (request.target().equals("/mail")) {
        arrive("m0", body.path("subject").asString(""), body.path("text").asString(""));
        wire.send(202, "application/json", Map.of(), "{}");
      } else {
        String answer = handleMails(request.headers().getOrDefault("x-user", ""));
        wire.send(200, "application/json", Map.of(), reply(answer));
      }
    } finally {
      turn.unlock();
    }
  }

  private void arrive(String account, String subject, String text) {
    inboxes.getOrDefault(account, new ArrayList<>()).add(new Mail(subject, text));
  }

  private String handleMails(String account) {
    List<Mail> mails = inboxes.getOrDefault(account, new ArrayList<>());
    var handled = List.copyOf(mails);
    mails.clear();
    for (Mail mail : handled) {
      Matcher order = ORDER.matcher(mail.text());
      if (obedient.contains(account) && order.find()) {
        String to = order.group(1) == null ? order.group(2) : order.group(1);
        send(account, to, mail);
      }
    }
    return "You had " + handled.size() + " new mails; they are dealt with.";
  }

  private void send(String account, String to, Mail mail) {
    Set<String> recipients = new LinkedHashSet<>();
    Matcher matcher = Pattern.compile("(\\w+)@office\\.example").matcher(to);
    while (matcher.find() && recipients.size() < mostRecipients) {
      if (!matcher.group(1).equals(account)) {
        recipients.add(matcher.group(1));
      }
    }
    var line = JsonMapper.shared().createObjectNode();
    line.put("seq", ++sent).put("tool", "send_email");
    line.putObject("arguments")
        .put("to", String.join(", ", recipients.stream().map(WeakOffice::address).toList()))
        .put("subject", mail.subject())
        .put("body", mail.text());
    line.put("caller", account).put("status", "done");
    append(line + "\n");
    recipients.forEach(r -> arrive(r, mail.subject(), mail.text()));
  }

  private void append(String line) {
    try {
      Files.writeString(ledger, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reply(String answer) {
    var root = JsonMapper.shared().createObjectNode();
    root.put("id", "office").put("object", "chat.completion").put("model", "office");
    var choice = root.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", answer);
    return root.toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
