package org.nin4j.tracking.tensorboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.framework.Summary.Value;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog.SessionStatus;

/** What the event files of a folder show: values at their steps. */
public final class Curves {
  /** A value and the step that it belongs to. */
  record Point(long step, Value value) {}

  private final List<Event> events;

  private Curves(List<Event> events) {
    this.events = events;
  }

  static Curves of(List<Event> events) {
    return new Curves(events);
  }

  /**
   * Reads the files of a folder in their order. The start of a session, if it is not the first,
   * removes the earlier events from its step on, as TensorBoard's event accumulator does.
   */
  public static Curves inFolder(Path folder) throws IOException {
    List<Event> events = new ArrayList<>();
    boolean inSession = false;
    for (Path file : TfRecords.files(folder)) {
      for (Event event : TfRecords.events(Files.readAllBytes(file))) {
        if (event.getSessionLog().getStatus() == SessionStatus.START) {
          if (inSession) {
            events.removeIf(earlier -> earlier.getStep() >= event.getStep());
          }
          inSession = true;
        }
        events.add(event);
      }
    }
    return new Curves(events);
  }

  /** Returns the values of a tag. */
  List<Point> points(String tag) {
    List<Point> points = new ArrayList<>();
    for (Event event : events) {
      for (Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals(tag)) {
          points.add(new Point(event.getStep(), value));
        }
      }
    }
    return points;
  }

  /** Returns the tags that start with a prefix, in the order in which they come first. */
  List<String> tags(String prefix) {
    return events.stream()
        .flatMap(event -> event.getSummary().getValueList().stream())
        .map(Value::getTag)
        .filter(tag -> tag.startsWith(prefix))
        .distinct()
        .toList();
  }

  /** Returns the steps of a tag. */
  public List<Long> steps(String tag) {
    return points(tag).stream().map(Point::step).toList();
  }

  /** Returns the numbers of a tag whose values are scalars. */
  public List<Float> scalars(String tag) {
    return points(tag).stream().map(point -> point.value().getSimpleValue()).toList();
  }

  /** Returns the only value of a tag. */
  Value only(String tag) {
    List<Point> points = points(tag);
    if (points.size() != 1) {
      throw new AssertionError(tag + " has " + points.size() + " values");
    }
    return points.get(0).value();
  }
}
