package org.nin4j.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import scala.runtime.AbstractFunction1;

/**
 * Checks the value of a parameter. MLlib's own validators answer yes or no, so that its message can
 * only say that a value is invalid; this one throws the sentence that says what is valid.
 *
 * @param <T> the type of the parameter
 */
final class ParamCheck<T> extends AbstractFunction1<T, Object> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Complaint<T> complaint;

  /** What is wrong with a value. */
  private interface Complaint<T> extends Serializable {
    /**
     * Returns the end of a sentence that begins with the parameter's name; null for a valid value.
     */
    String of(T value);
  }

  /** Reads a text. */
  interface Reader extends Serializable {
    /** Throws an {@link IllegalArgumentException} when the text cannot be read. */
    void read(String text);
  }

  private ParamCheck(String name, Complaint<T> complaint) {
    this.name = name;
    this.complaint = complaint;
  }

  /** Any text, also an empty one. */
  static ParamCheck<String> text(String name) {
    return new ParamCheck<>(name, value -> null);
  }

  /** A text that is not empty. */
  static ParamCheck<String> nonEmpty(String name) {
    return new ParamCheck<>(name, value -> value.isEmpty() ? "must not be empty" : null);
  }

  /** One of some names. */
  static ParamCheck<String> oneOf(String name, List<String> names) {
    return new ParamCheck<>(
        name,
        value ->
            names.contains(value)
                ? null
                : "must be one of " + String.join(", ", names) + ", but is '" + value + "'");
  }

  /** A whole number that is not too small. */
  static ParamCheck<Object> atLeast(String name, long least) {
    return new ParamCheck<>(
        name,
        value ->
            ((Number) value).longValue() >= least
                ? null
                : String.format(Locale.ROOT, "must be at least %d, but is %s", least, value));
  }

  /** A number of epochs, or none. */
  static ParamCheck<Object> interval(String name) {
    return new ParamCheck<>(
        name,
        value ->
            (Integer) value == -1 || (Integer) value >= 1
                ? null
                : "must be at least 1, or -1 for never, but is " + value);
  }

  /** A text that a reader can read. */
  static ParamCheck<String> readable(String name, Reader reader) {
    return new ParamCheck<>(
        name,
        value -> {
          try {
            reader.read(value);
            return null;
          } catch (IllegalArgumentException e) {
            return "cannot be used: " + e.getMessage();
          }
        });
  }

  /** At least two different names. */
  static ParamCheck<String[]> names(String name) {
    return new ParamCheck<>(
        name,
        value -> {
          List<String> names = Arrays.asList(value);
          if (names.contains(null) || names.contains("")) {
            return "must not have an empty name in it";
          }
          long different = names.stream().distinct().count();
          return different < names.size() ? "must have different names" : null;
        });
  }

  @Override
  public Object apply(T value) {
    String problem = value == null ? "must not be null" : complaint.of(value);
    if (problem != null) {
      throw new IllegalArgumentException("parameter " + name + " " + problem);
    }
    return true;
  }
}
