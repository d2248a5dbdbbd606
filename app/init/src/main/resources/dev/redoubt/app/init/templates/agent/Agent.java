import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers in two steps that never meet. The first model call may ask for tools, and reads nothing but
 * the caller's own words and orders. The second reads documents and reviews, which anybody may have
 * written, and has no tools: what it reads can make it say something, never do something.
 */
final class Agent {
  private static final Set<String> OUR_HOSTS = Set.of("help.larch.example");

  private final Model model;
  private final Library library;
  private final Orders orders;
  private final Tools tools;
  private final String plan = read("plan.txt");
  private final String instructions = read("answer.txt");
  private final Outgoing outgoing = new Outgoing(plan + "\n" + instructions, OUR_HOSTS);

  Agent(Model model, Library library, Orders orders, Tools tools) {
    this.model = model;
    this.library = library;
    this.orders = orders;
    this.tools = tools;
  }

  String answer(Accounts.Caller caller, Chat.Asked asked) throws Exception {
    // A confirmation is the caller's, word for word; no model is asked what it might mean.
    String confirmed = tools.confirm(caller, asked.question());
    if (confirmed != null) {
      return confirmed;
    }
    Model.Said planned = model.ask(planning(caller, asked), Tools.SPECS);
    if (!planned.calls().isEmpty()) {
      // What is answered about a tool is the program's text, not the model's.
      return planned.calls().stream()
          .limit(3)
          .map(call -> tools.call(caller, call))
          .distinct()
          .collect(Collectors.joining("\n"));
    }
    List<Library.Document> found = library.search(caller, asked.question());
    return outgoing.clean(model.ask(answering(caller, asked, found), List.of()).text());
  }

  private List<Map<String, Object>> planning(Accounts.Caller caller, Chat.Asked asked) {
    var messages = new ArrayList<Map<String, Object>>();
    messages.add(Model.message("system", plan + "\n" + orders.about(caller)));
    // The caller's turns only: an earlier answer may quote a review.
    asked.earlier().stream().filter(turn -> "user".equals(turn.get("role"))).forEach(messages::add);
    messages.add(Model.message("user", asked.question()));
    return messages;
  }

  private List<Map<String, Object>> answering(
      Accounts.Caller caller, Chat.Asked asked, List<Library.Document> found) {
    var messages = new ArrayList<Map<String, Object>>();
    messages.add(Model.message("system", instructions + "\n" + orders.about(caller)));
    messages.addAll(asked.earlier());
    if (!found.isEmpty()) {
      messages.add(
          Model.message(
              "user",
              found.stream().map(Library.Document::passage).collect(Collectors.joining("\n"))));
    }
    messages.add(Model.message("user", asked.question()));
    return messages;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalStateException(file + " can't be read", e);
    }
  }
}
