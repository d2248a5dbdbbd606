package dev.redoubt.core;

import dev.redoubt.core.YamlNode.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds nodes from parser events, so that every limit holds before memory is spent; the library's
 * own composer recurses without a limit.
 */
final class YamlComposer {
  private final YamlProblems problems;
  private final YamlLimits limits;
  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int nodes;

  /** A node with a name and the number of values that it stands for. */
  private record Anchored(YamlNode node, int size) {}

  private YamlComposer(YamlProblems problems, YamlLimits limits, Iterator<Event> events) {
    this.problems = problems;
    this.limits = limits;
    this.events = events;
  }

  static YamlNode compose(String text, YamlProblems problems, YamlLimits limits) {
    if (text.length() > limits.maxCharacters()) {
      throw stop(
          problems, 1, "is longer than " + limits.maxCharacters() + " characters", "split it");
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(problems.file())
            .setCodePointLimit(limits.maxCharacters())
            .build();
    try {
      var composer =
          new YamlComposer(problems, limits, new Parse(settings).parseString(text).iterator());
      return composer.document();
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
      throw stop(
          problems, line, "is no YAML: " + e.getProblem(), "check indentation and quotes here");
    } catch (YamlEngineException e) {
      throw stop(problems, 1, "is no YAML: " + e.getMessage(), "remove special characters");
    }
  }

  private YamlNode document() {
    YamlNode root = null;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        case DocumentStart -> {
          if (root != null) {
            throw stop(
                problems, line(event), "a second document starts here", "keep one document a file");
          }
        }
        default -> root = node(event, null, "", line(event), 1);
      }
    }
    return root != null ? root : scalar(null, "", 1, Kind.NULL, "");
  }

  private YamlNode node(
      Event event, @Nullable YamlNode parent, String segment, int line, int depth) {
    int before = nodes;
    if (event instanceof AliasEvent alias) {
      Anchored target = anchors.get(alias.getAlias());
      if (target == null) {
        throw stop(
            problems,
            line(event),
            "alias *" + alias.getAlias().getValue() + " has no anchor above it",
            "write the value out");
      }
      count(event, target.size);
      return target.node;
    }
    count(event, 1);
    YamlNode node =
        switch (event) {
          case ScalarEvent s -> scalar(s, parent, segment, line);
          case CollectionStartEvent c -> collection(c, parent, segment, line, depth);
          default ->
              throw stop(
                  problems, line(event), "is no YAML that can be read here", "check this line");
        };
    if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
      anchors.put(named.getAnchor().get(), new Anchored(node, nodes - before));
    }
    return node;
  }

  private YamlNode scalar(ScalarEvent s, @Nullable YamlNode parent, String segment, int line) {
    // Tags choose types by the writer's word; nothing here needs them.
    s.getTag().filter(t -> !t.equals("!")).ifPresent(t -> tag(s, t));
    Kind kind = s.isPlain() ? YamlScalars.kindOf(s.getValue()) : Kind.TEXT;
    return scalar(parent, segment, line, kind, s.getValue());
  }

  private YamlNode scalar(
      @Nullable YamlNode parent, String segment, int line, Kind kind, String value) {
    return new YamlNode(problems, parent, segment, line, kind, value, List.of(), Map.of());
  }

  private YamlNode collection(
      CollectionStartEvent c, @Nullable YamlNode parent, String segment, int line, int depth) {
    if (depth > limits.maxDepth()) {
      throw stop(
          problems,
          line(c),
          "is nested deeper than " + limits.maxDepth() + " levels",
          "flatten it");
    }
    c.getTag().ifPresent(t -> tag(c, t));
    var items = new ArrayList<YamlNode>();
    var entries = new LinkedHashMap<String, YamlNode>();
    boolean isMap = c.getEventId() == Event.ID.MappingStart;
    var node =
        new YamlNode(
            problems,
            parent,
            segment,
            line,
            isMap ? Kind.MAP : Kind.LIST,
            "",
            Collections.unmodifiableList(items),
            Collections.unmodifiableMap(entries));
    if (isMap) {
      fillMap(node, entries, depth);
    } else {
      for (Event e = next(); e.getEventId() != Event.ID.SequenceEnd; e = next()) {
        items.add(node(e, node, "[" + items.size() + "]", line(e), depth + 1));
      }
    }
    return node;
  }

  private void fillMap(YamlNode map, Map<String, YamlNode> entries, int depth) {
    for (Event e = next(); e.getEventId() != Event.ID.MappingEnd; e = next()) {
      int line = line(e);
      YamlNode key = node(e, map, "", line, depth + 1);
      String name = key.kind() == Kind.LIST || key.kind() == Kind.MAP ? "" : key.asKey();
      if (name.isEmpty()) {
        problems.add(line, map.path(), "has a key that is no word", "use a plain word");
      }
      YamlNode value = node(next(), map, name, line, depth + 1);
      if (!name.isEmpty() && entries.putIfAbsent(name, value) != null) {
        YamlNode first = entries.get(name);
        int firstLine = first == null ? line : first.line();
        problems.add(
            line,
            child(map, name),
            "duplicate key, first on line " + firstLine,
            "keep one of them");
      }
    }
  }

  private static String child(YamlNode map, String name) {
    return map.path().isEmpty() ? name : map.path() + "." + name;
  }

  private Event next() {
    if (!events.hasNext()) {
      throw stop(problems, 1, "ends in the middle of a value", "complete it");
    }
    return events.next();
  }

  private void count(Event event, int size) {
    nodes += size;
    if (nodes > limits.maxNodes()) {
      throw stop(
          problems,
          line(event),
          "holds more than " + limits.maxNodes() + " values (aliases counted in full)",
          "split it");
    }
  }

  private void tag(Event event, String tag) {
    problems.add(
        line(event),
        "",
        "tag '" + tag + "' is not supported",
        "remove it, or put the value in quotes");
  }

  private static int line(Event event) {
    return event.getStartMark().map(m -> m.getLine() + 1).orElse(1);
  }

  /** Notes the problem and gives the exception that ends the reading with all problems so far. */
  private static UsageException stop(YamlProblems problems, int line, String what, String how) {
    problems.add(line, "", what, how);
    return new UsageException(String.join("\n", problems.lines()));
  }
}
