import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The agent on the wire: {@code java server/Server.java}. README.md says why each thing is as it is. */
public final class Server {
  private final Accounts accounts;
  private final Library library;
  private final Agent agent;

  private Server() throws Exception {
    accounts = Accounts.load(Path.of("data/accounts.json"));
    library = Library.load(Path.of("data/documents.jsonl"));
    var orders = Orders.load(Path.of("data/orders.json"));
    agent = new Agent(Settings.model(), library, orders, new Tools(orders, new Ledger(Path.of("ledger.jsonl"))));
  }

  public static void main(String[] args) throws Exception {
    var server = new Server();
    int port =
        new Web(Settings.port())
            .on("GET", "/v1/models", call -> Chat.models())
            .on("POST", "/login", server::login)
            .on("POST", "/reviews", server::review)
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
    return Chat.reply(asked, agent.answer(caller.get(), asked));
  }

  /** Anybody may write a review, and everybody reads it at once: that is what reviews are for. */
  private Web.Reply review(Web.Call call) {
    Optional<Accounts.Caller> caller = accounts.caller(call.token());
    if (caller.isEmpty()) {
      return Web.Reply.refused(401, "log in first");
    }
    String text = Json.text(call.json(), "text");
    if (text.isBlank() || text.length() > 1_000 || !library.addReview(caller.get(), text)) {
      return Web.Reply.refused(400, "text: write 1 to 1000 characters");
    }
    return Web.Reply.json(Map.of("state", "published"));
  }
}
