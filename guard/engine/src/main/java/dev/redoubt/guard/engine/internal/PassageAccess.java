package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.DocumentAccess;
import dev.redoubt.guard.engine.DocumentLabel;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.PassageMarkers.Passage;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps passages from the model that the caller may not read. */
@AutoService(Scanner.class)
public final class PassageAccess implements Scanner {
  private static final String REPLACEMENT = "[passage withheld]\n";

  @Override
  public String name() {
    return "document-access";
  }

  @Override
  public String title() {
    return "Passages that the caller may not read, before the model sees them";
  }

  @Override
  public String explanation() {
    return """
    Options: unlabelled: drop (default) or keep, for passages whose begin marker says nothing;
    owned: caller (default) or retriever. A passage says who may read it in its begin marker:
    visibility="public", "owner" or "internal", and owner="…". Internal passages are for members
    of the group 'staff', owned ones for their owner, and an anonymous caller reads public ones
    only. Where the guard does not know the caller, 'owned: retriever' leaves owned passages
    to the retriever's own check and still drops internal ones. It sees marked passages only,
    and the few that were retrieved: a caller's own documents may have been crowded out before.
    The remedy that holds is a check in the retriever.\
    """;
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.of("passages that carry no label of who may read them, when labels are not required"),
        Limit.of("what the model learnt of a document in training or in an earlier conversation"),
        Limit.of("a retriever that shows forbidden documents in the first place: filter there"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.REWRITE, Action.BLOCK, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("unlabelled", "owned"));
    boolean drop = options.oneOf("unlabelled", List.of("drop", "keep"), "drop").equals("drop");
    boolean byCaller =
        options.oneOf("owned", List.of("caller", "retriever"), "caller").equals("caller");
    return new Access(passages, drop, byCaller);
  }

  private record Access(PassageMarkers markers, boolean dropUnlabelled, boolean ownedByCaller)
      implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.INPUT);
    }

    @Override
    public List<Hit> input(Exchange exchange, Text message) {
      if (message.role() == Role.ANSWER) {
        return List.of();
      }
      var hits = new ArrayList<Hit>();
      int open = -1;
      boolean readable = true;
      for (Passage p : markers.find(message.text())) {
        // A begin marker inside a passage that has not ended can narrow who reads, never widen it.
        boolean inside = open >= 0 && message.text().indexOf(markers.end(), open) >= p.start();
        readable = mayRead(exchange.caller(), p) && (!inside || readable);
        if (!readable) {
          hits.add(
              new Hit(p.start(), p.end(), "a passage that the caller may not read", REPLACEMENT));
        }
        open = p.start();
      }
      return hits;
    }

    private boolean mayRead(Caller caller, Passage passage) {
      DocumentLabel label = passage.label();
      if (label == null) {
        return !dropUnlabelled;
      }
      boolean left = !ownedByCaller && label.visibility() == Visibility.OWNER;
      return left || DocumentAccess.mayRead(caller, label);
    }
  }
}
