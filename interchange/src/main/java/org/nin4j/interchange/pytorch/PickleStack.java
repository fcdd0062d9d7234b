package org.nin4j.interchange.pytorch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stack of values, with marks on it, and the memo of an unpickler. */
final class PickleStack {
  private final List<PickleValue> values = new ArrayList<>();

  /** The number of values below each mark. */
  private final List<Integer> marks = new ArrayList<>();

  private final Map<Long, PickleValue> memo = new HashMap<>();

  void push(PickleValue value) {
    values.add(value);
  }

  /** Takes the topmost value, which must lie above the last mark. */
  PickleValue pop() throws PickleException {
    peek();
    return values.remove(values.size() - 1);
  }

  PickleValue peek() throws PickleException {
    if (values.size() <= floor()) {
      throw PickleException.damaged("takes a value from an empty stack");
    }
    return values.get(values.size() - 1);
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
  }

  void mark() {
    marks.add(values.size());
  }

  boolean isAtMark() {
    return !marks.isEmpty() && values.size() == floor();
  }

  /** Takes all values above the last mark, and the mark. */
  List<PickleValue> popMarked() throws PickleException {
    if (marks.isEmpty()) {
      throw PickleException.damaged("goes back to a mark that was not made");
    }
    return pop(values.size() - marks.remove(marks.size() - 1));
  }

  /** Takes some values, the topmost last. */
  List<PickleValue> pop(int count) throws PickleException {
    if (count > values.size() - floor()) {
      throw PickleException.damaged("takes a value from an empty stack");
    }
    List<PickleValue> top = values.subList(values.size() - count, values.size());
    List<PickleValue> taken = new ArrayList<>(top);
    top.clear();
    return taken;
  }

  /** Takes the only value. */
  PickleValue result() throws PickleException {
    if (!marks.isEmpty() || values.size() != 1) {
      throw PickleException.damaged("ends with " + values.size() + " values on its stack");
    }
    return values.get(0);
  }

  void remember(long index) throws PickleException {
    memo.put(index, peek());
  }

  void remember() throws PickleException {
    remember(memo.size());
  }

  void recall(long index) throws PickleException {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw PickleException.damaged("recalls a value " + index + " that it has not memorized");
    }
    push(value);
  }
}
