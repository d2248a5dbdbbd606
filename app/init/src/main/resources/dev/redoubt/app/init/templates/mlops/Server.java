import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Serves what the pipeline made: {@code java server/Server.java}. */
public final class Server {
  private static final Set<String> OUR_HOSTS = Set.of("help.larch.example");

  private final Router router;
  private final Accounts accounts;
  private final Library library;
  private final Model model;
  private final String instructions;
  private final Outgoing outgoing;

  private Server() throws Exception {
    // Throws, and the server does not start, where signature or digest do not fit.
    router = Router.read(Artefact.verified());
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
    // The topic helps the search; what may be read, it does not decide.
    String topic = router.topic(asked.question());
    List<Library.Document> found = library.search(caller.get(), topic + " " + asked.question());
    var messages = new ArrayList<Map<String, Object>>();
    messages.add(Model.message("system", instructions));
    messages.addAll(asked.earlier());
    if (!found.isEmpty()) {
      messages.add(
          Model.message(
              "user",
              found.stream().map(Library.Document::passage).collect(Collectors.joining("\n"))));
    }
    messages.add(Model.message("user", asked.question()));
    return Chat.reply(asked, outgoing.clean(model.ask(messages, List.of()).text()));
  }
}
