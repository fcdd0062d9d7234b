package org.nin4j.cli;

import java.util.Optional;
import org.nin4j.internal.Quoted;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A YAML text cannot be read. The message names the line and the column where they are known. */
final class YamlDefect extends Exception {
  private static final long serialVersionUID = 1;
  private static final int LONGEST_REASON = 160;

  /** A complaint about what starts at an event. */
  YamlDefect(Event event, String complaint) {
    super("cannot be read" + at(event.getStartMark()) + ": " + complaint);
  }

  /** What the parser complains of. */
  YamlDefect(String yaml, YamlEngineException e) {
    super("not valid YAML" + where(yaml, e) + ": " + reason(e), e);
  }

  YamlDefect(String complaint) {
    super(complaint);
  }

  private static String where(String yaml, YamlEngineException e) {
    if (e instanceof MarkedYamlEngineException marked) {
      return at(marked.getProblemMark());
    }
    if (e instanceof ReaderException reader) {
      int offset =
          yaml.offsetByCodePoints(
              0, Math.min(reader.getPosition(), yaml.codePointCount(0, yaml.length())));
      int line = (int) yaml.substring(0, offset).chars().filter(c -> c == '\n').count();
      return at(line, offset - yaml.lastIndexOf('\n', offset - 1) - 1);
    }
    return "";
  }

  private static String at(Optional<Mark> mark) {
    return mark.map(each -> at(each.getLine(), each.getColumn())).orElse("");
  }

  private static String at(int line, int column) {
    return " at line " + (line + 1) + ", column " + (column + 1);
  }

  private static String reason(YamlEngineException e) {
    String words = String.valueOf(e.getMessage());
    if (e instanceof MarkedYamlEngineException marked) {
      words = String.valueOf(marked.getProblem()).replace("\\t(TAB)", "TAB");
    } else if (e instanceof ReaderException reader) {
      words = String.format("the character U+%04X is not allowed", reader.getCodePoint());
    }
    return Quoted.printable(words.lines().findFirst().orElse(""), LONGEST_REASON);
  }
}
