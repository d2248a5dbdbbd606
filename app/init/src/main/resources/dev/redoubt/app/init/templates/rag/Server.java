import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** The help desk: {@code java server/Server.java}. README.md says why each thing is as it is. */
public final class Server {
  private static final Set<String> OUR_HOSTS = Set.of("help.larch.example");
  private static final int MOST_WAITING = 1_000;

  private final Accounts accounts;
  private final Library library;
  private final Model model;
  private final String instructions;
  private final Outgoing outgoing;
  private final ConcurrentLinkedQueue<Map<String, Object>> waiting = new ConcurrentLinkedQueue<>();

  private Server() throws Exception {
    accounts = Accounts.load(Path.of("data/accounts.json"));
    library = Library.load(Path.of("data/documents.jsonl"));
    model = Settings.model();
    instructions = Files.readString(Path.of("prompt.txt")).strip();
    outgoing = new Outgoing(instructions, OUR_HOSTS);
  }

  public static void main(String[] args) throws Exception {
    var server = new Server();
    int port =
        new Web(Settings.port())
            .on("GET", "/v1/models", call -> Chat.models())
            .on("POST", "/login", server::login)
            .on("POST", "/feedback", server::feedback)
            .on("POST", "/v1/chat/completions", server::chat)
            .start();
    System.out.println("listening on http://127.0.0.1:" + port);
  }

  private Web.Reply login(Web.Call call) throws Exception {
    Map<?, ?> body = call.json();
    return accounts
        .login(Json.text(body, "user"), Json.text(body, "password"))
        .map(token -> Web.Reply.json(Map.of("token", token)))
        .orElse(Web.Reply.refused(401, "user or password is wrong"));
  }

  private Web.Reply chat(Web.Call call) throws Exception {
    Optional<Accounts.Caller> caller = accounts.caller(call.token());
    if (caller.isEmpty()) {
      return Web.Reply.refused(401, "log in first");
    }
    Chat.Asked asked = Chat.read(call.json());
    if (asked.isTooLong()) {
      return Web.Reply.refused(413, "write at most " + Chat.LONGEST + " characters");
    }
    List<Library.Document> found = library.search(caller.get(), asked.question());
    Model.Said said = model.ask(messages(asked, found), List.of());
    log(caller.get(), found);
    return Chat.reply(asked, outgoing.clean(said.text()));
  }

  /** Nothing is kept between requests: what one caller is told can't turn up with another. */
  private List<Map<String, Object>> messages(Chat.Asked asked, List<Library.Document> found) {
    var messages = new ArrayList<Map<String, Object>>();
    messages.add(Model.message("system", instructions));
    messages.addAll(asked.earlier());
    if (!found.isEmpty()) {
      String passages =
          found.stream().map(Library.Document::passage).collect(Collectors.joining("\n"));
      messages.add(Model.message("user", passages));
    }
    messages.add(Model.message("user", asked.question()));
    return messages;
  }

  /** What outsiders write waits for a person of ours; until then no search finds it. */
  private Web.Reply feedback(Web.Call call) {
    Optional<Accounts.Caller> caller = accounts.caller(call.token());
    if (caller.isEmpty()) {
      return Web.Reply.refused(401, "log in first");
    }
    String text = Json.text(call.json(), "text");
    if (text.isBlank() || text.length() > Chat.LONGEST || waiting.size() >= MOST_WAITING) {
      return Web.Reply.refused(400, "text: write 1 to " + Chat.LONGEST + " characters");
    }
    waiting.add(Map.of("from", caller.get().id(), "text", text));
    return Web.Reply.json(Map.of("state", "waits for review"));
  }

  /** Who was shown what, without content: enough to answer an authority, and no second leak. */
  private static void log(Accounts.Caller caller, List<Library.Document> found) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", java.time.Instant.now().toString());
    line.put("caller", caller.id());
    line.put("documents", found.stream().map(Library.Document::id).toList());
    System.out.println(Json.write(line));
  }
}
