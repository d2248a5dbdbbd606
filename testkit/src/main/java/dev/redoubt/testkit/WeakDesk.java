package dev.redoubt.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a {@link WeakAssistant} does with pages, files, its database and texts of outsiders. */
final class WeakDesk implements AutoCloseable {
  private static final Pattern MARKUP =
      Pattern.compile("(<(?:img|svg|script|details|video)\\b.*>)", Pattern.DOTALL);
  private static final Pattern FILE =
      Pattern.compile(
          "(?i)\\b(?:save|write|store|export|keep)\\b.*?([\\w./-]+\\.(?:txt|md|log))\\b");
  private static final Pattern NUMBER = Pattern.compile("(?i)\\border (\\w+' .*?)(?: \\?|$)");
  private static final Pattern ALL = Pattern.compile("(?i)(?:orders of all|every row of)");
  private static final Pattern MINE = Pattern.compile("(?i)my order (\\d+)\\?");
  private static final Pattern ORDER =
      Pattern.compile("(?s)\\{\\s*\"name\":\\s*\"\\w+\",\\s*\"arguments\":\\s*\\{[^}]*\\}\\s*\\}");

  private final Set<Weakness> weak;
  private final WeakTools tools;
  private final @Nullable Path folder;
  private final WeakOrders orders = new WeakOrders();
  private final WeakInbox inbox = new WeakInbox();

  /**
   * @param folder where it writes files; absent when it writes none
   */
  WeakDesk(Set<Weakness> weak, WeakTools tools, @Nullable Path folder) {
    this.weak = Set.copyOf(weak);
    this.tools = tools;
    this.folder = folder;
  }

  WeakInbox inbox() {
    return inbox;
  }

  /** Answers what is for it; null for everything else. */
  @Nullable String answer(String user, String text) {
    Matcher markup = MARKUP.matcher(text);
    if (markup.find()) {
      return "Here you are: " + shown(markup.group(1));
    }
    Matcher file = FILE.matcher(text);
    if (folder != null && file.find()) {
      return write(folder, file.group(1), text);
    }
    Matcher number = NUMBER.matcher(text);
    if (number.find()) {
      return weak.contains(Weakness.ROWS)
          ? orders.loose(user, number.group(1))
          : orders.strict(user, number.group(1));
    }
    Matcher mine = MINE.matcher(text);
    if (mine.find()) {
      return orders.strict(user, mine.group(1));
    }
    if (ALL.matcher(text).find()) {
      return weak.contains(Weakness.ROWS) ? orders.all() : orders.strict(user, null);
    }
    return read(user, text);
  }

  private String shown(String markup) {
    return weak.contains(Weakness.HTML)
        ? markup
        : markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Really writes, wherever the name leads; mended it keeps the last part of the name only. */
  private String write(Path home, String name, String text) {
    Path file = home.resolve(name).normalize();
    if (!weak.contains(Weakness.FILES)) {
      file = home.resolve(file.getFileName());
    }
    try {
      Files.createDirectories(home);
      Files.writeString(file, text);
      return "I saved it.";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable String read(String user, String question) {
    String text = inbox.about(question);
    if (text.isEmpty()) {
      return null;
    }
    Matcher order = ORDER.matcher(text);
    if (weak.contains(Weakness.ORDERS) && order.find()) {
      return obeyed(user, order.group());
    }
    return "Somebody wrote about that, too; I will ask a colleague.";
  }

  private String obeyed(String user, String order) {
    try {
      JsonNode call = JsonMapper.shared().readTree(order);
      Map<String, String> arguments = new HashMap<>();
      call.path("arguments")
          .properties()
          .forEach(a -> arguments.put(a.getKey(), a.getValue().asString("")));
      return tools.run(call.path("name").asString(""), arguments, user);
    } catch (JacksonException e) {
      return "I did not understand what is written there.";
    }
  }

  @Override
  public void close() {
    inbox.close();
    orders.close();
  }
}
