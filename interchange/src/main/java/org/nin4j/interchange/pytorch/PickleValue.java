package org.nin4j.interchange.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Dtype;

/**
 * What a pickle builds. Containers may contain themselves and nest to any depth, so nothing here
 * looks into a container's items: identity is equality, and {@link #summary} does not recurse.
 */
sealed interface PickleValue {
  /** A few words for people. */
  String summary();

  /** A whole number that 64 bits hold. */
  record Int(long value) implements PickleValue {
    @Override
    public String summary() {
      return Long.toString(value);
    }
  }

  /** A text. */
  record Text(String value) implements PickleValue {
    @Override
    public String summary() {
      return Quoted.text(value);
    }
  }

  /** A value that no tensor is made of, such as None or a float, as its summary. */
  record Other(String summary) implements PickleValue {
    static final Other NONE = new Other("None");
  }

  /** A tuple, a list or a set. */
  final class Items implements PickleValue {
    private final String type;
    private final List<PickleValue> items;

    private Items(String type, List<PickleValue> items) {
      this.type = type;
      this.items = items;
    }

    static Items tuple(List<PickleValue> items) {
      return new Items("tuple", items);
    }

    static Items list() {
      return new Items("list", new ArrayList<>(0));
    }

    static Items set() {
      return new Items("set", new ArrayList<>(0));
    }

    boolean isTuple() {
      return type.equals("tuple");
    }

    List<PickleValue> items() {
      return items;
    }

    @Override
    public String summary() {
      return type + " of " + items.size();
    }
  }

  /** A key and its value in a dict. */
  record Entry(PickleValue key, PickleValue value) {}

  /** A dict in the order of its making. Keys are not compared, as that would look into them. */
  final class Dict implements PickleValue {
    private final List<Entry> entries = new ArrayList<>(0);

    /** Whether Python sets attributes on it: an OrderedDict, not a plain dict. */
    private final boolean ordered;

    Dict(boolean ordered) {
      this.ordered = ordered;
    }

    boolean isOrdered() {
      return ordered;
    }

    List<Entry> entries() {
      return entries;
    }

    @Override
    public String summary() {
      return "dict of " + entries.size();
    }
  }

  /** A function that may be called. */
  record Callable(PickleFunction function) implements PickleValue {
    @Override
    public String summary() {
      return function.qualifiedName();
    }
  }

  /** The type of a storage, such as {@code torch.FloatStorage}. */
  record StorageType(Dtype dtype) implements PickleValue {
    @Override
    public String summary() {
      return "storage type " + dtype;
    }
  }

  /**
   * The numbers of one or more tensors.
   *
   * @param key the name of its record
   * @param elements their number
   */
  record Storage(Dtype dtype, String key, long elements) implements PickleValue {
    @Override
    public String summary() {
      return "storage of " + elements + " " + dtype;
    }
  }

  /**
   * A view into a storage.
   *
   * @param offset index of its first element
   * @param dims the extents, outermost first
   * @param strides the distance, in elements, of neighbours along each extent
   */
  record Tensor(Storage storage, long offset, List<Long> dims, List<Long> strides)
      implements PickleValue {
    @Override
    public String summary() {
      return "tensor " + storage.dtype() + " " + dims;
    }
  }
}
