package org.nin4j.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.json.JsonWriter;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Turns YAML 1.2 into JSON text, for the strict readers of JSON. It refuses whatever JSON cannot
 * say, or says in another way: duplicate keys, keys that are not texts, tags, a second document.
 * Limits on nesting, aliases and length keep a malicious file from exhausting the memory.
 */
final class YamlToJson {
  private static final int DEEPEST_NESTING = 64;
  private static final int MOST_ALIASES = 100;
  private static final int LONGEST_JSON = 4 << 20;

  private final String yaml;
  private final StringBuilder json = new StringBuilder();

  /** The JSON text of each value that has an anchor. */
  private final Map<String, String> anchors = new HashMap<>();

  private Parser events;
  private int aliases;

  YamlToJson(String yaml) {
    this.yaml = yaml;
  }

  /**
   * Converts the text.
   *
   * @return JSON text of one object
   */
  String convert() throws YamlDefect {
    try {
      LoadSettings settings = LoadSettings.builder().build();
      events = new ParserImpl(settings, new StreamReader(settings, yaml));
      document();
      return json.toString();
    } catch (YamlEngineException e) {
      throw new YamlDefect(yaml, e);
    }
  }

  private void document() throws YamlDefect {
    next(); // the start of the stream
    if (next().getEventId() != ID.DocumentStart) {
      throw new YamlDefect("is empty; write keys and values into it, such as 'name: value'");
    }
    Event root = next();
    if (root.getEventId() != ID.MappingStart) {
      throw new YamlDefect(
          root, "the file must hold keys and values, such as 'name: value', and nothing else");
    }
    value(root, 0);
    next(); // the end of the document
    Event end = next();
    if (end.getEventId() != ID.StreamEnd) {
      throw new YamlDefect(end, "a second document starts here; put it into a file of its own");
    }
  }

  private Event next() {
    return events.next();
  }

  /** Appends the value that starts with an event, and reads to its end. */
  private void value(Event event, int depth) throws YamlDefect {
    int start = json.length();
    if (event instanceof AliasEvent alias) {
      append(alias, valueOf(alias));
    } else if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar, scalar.getTag());
      append(scalar, YamlScalar.toJson(scalar));
      remember(scalar, start);
    } else {
      CollectionStartEvent collection = (CollectionStartEvent) event;
      refuseTag(collection, collection.getTag());
      if (depth == DEEPEST_NESTING) {
        throw new YamlDefect(
            event, "it is nested deeper than " + DEEPEST_NESTING + " levels; flatten it");
      }
      if (event.getEventId() == ID.MappingStart) {
        mapping(depth + 1);
      } else {
        sequence(depth + 1);
      }
      remember(collection, start);
    }
  }

  private void mapping(int depth) throws YamlDefect {
    Set<String> keys = new HashSet<>();
    json.append('{');
    for (Event event = next(); event.getEventId() != ID.MappingEnd; event = next()) {
      String key = key(event);
      if (!keys.add(key)) {
        throw new YamlDefect(
            event, "the key " + Quoted.text(key) + " is there twice; remove one of the two");
      }
      append(event, (keys.size() == 1 ? "" : ", ") + JsonWriter.quoted(key) + ": ");
      value(next(), depth);
    }
    json.append('}');
  }

  private static String key(Event event) throws YamlDefect {
    if (!(event instanceof ScalarEvent key)) {
      throw new YamlDefect(event, "a key must be a text");
    }
    refuseTag(key, key.getTag());
    if (!YamlScalar.isText(key)) {
      throw new YamlDefect(
          event,
          "a key must be a text, but is "
              + Quoted.printable(key.getValue(), 40)
              + "; write it in quotes");
    }
    return key.getValue();
  }

  private void sequence(int depth) throws YamlDefect {
    json.append('[');
    String separator = "";
    for (Event event = next(); event.getEventId() != ID.SequenceEnd; event = next()) {
      json.append(separator);
      value(event, depth);
      separator = ", ";
    }
    json.append(']');
  }

  private String valueOf(AliasEvent alias) throws YamlDefect {
    if (++aliases > MOST_ALIASES) {
      throw new YamlDefect(
          alias, "there are more than " + MOST_ALIASES + " aliases; write the values out");
    }
    String value = anchors.get(alias.getAlias().getValue());
    if (value == null) {
      throw new YamlDefect(
          alias,
          "the alias *"
              + Quoted.printable(alias.getAlias().getValue(), 40)
              + " has no anchor before it");
    }
    return value;
  }

  private void append(Event event, String text) throws YamlDefect {
    if (json.length() + text.length() > LONGEST_JSON) {
      throw new YamlDefect(event, "its aliases make it too large; write the values out");
    }
    json.append(text);
  }

  private void remember(NodeEvent event, int start) {
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), json.substring(start)));
  }

  private static void refuseTag(Event event, Optional<String> tag) throws YamlDefect {
    if (tag.isPresent()) {
      throw new YamlDefect(event, "tags are not allowed; write a text in quotes, without a tag");
    }
  }
}
