package org.nin4j.interchange.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.interchange.pytorch.PickleValue.Dict;
import org.nin4j.interchange.pytorch.PickleValue.Int;
import org.nin4j.interchange.pytorch.PickleValue.Items;
import org.nin4j.interchange.pytorch.PickleValue.Other;
import org.nin4j.interchange.pytorch.PickleValue.Storage;
import org.nin4j.interchange.pytorch.PickleValue.Tensor;

/** What a pickle may call: each makes a value of its arguments and does nothing else. */
enum PickleFunction {
  /** {@code _rebuild_tensor(storage, storage_offset, size, stride)}. */
  TENSOR("torch._utils._rebuild_tensor", 4, 4) {
    @Override
    PickleValue of(List<PickleValue> arguments) throws PickleException {
      return tensor(arguments);
    }
  },
  /** {@code _rebuild_tensor_v2(..., requires_grad, backward_hooks, metadata=None)}. */
  TENSOR_V2("torch._utils._rebuild_tensor_v2", 6, 7) {
    @Override
    PickleValue of(List<PickleValue> arguments) throws PickleException {
      boolean plain =
          arguments.size() == 6
              || arguments.get(6) == Other.NONE
              || (arguments.get(6) instanceof Dict metadata && metadata.entries().isEmpty());
      if (!plain) {
        throw new PickleException(
            "holds a tensor that is to be conjugated or negated",
            "save it after tensor.resolve_conj().resolve_neg()");
      }
      return tensor(arguments);
    }
  },
  /** {@code _rebuild_parameter(data, requires_grad, backward_hooks)}. */
  PARAMETER("torch._utils._rebuild_parameter", 3, 3) {
    @Override
    PickleValue of(List<PickleValue> arguments) throws PickleException {
      if (arguments.get(0) instanceof Tensor tensor) {
        return tensor;
      }
      throw PickleException.damaged("makes a parameter of what is no tensor");
    }
  },
  /** What state_dicts are. */
  ORDERED_DICT("collections.OrderedDict", 0, 0) {
    @Override
    PickleValue of(List<PickleValue> arguments) {
      return new Dict(true);
    }
  },
  /** In the states of learning rate schedules; not looked into. */
  COUNTER("collections.Counter", 0, 1) {
    @Override
    PickleValue of(List<PickleValue> arguments) {
      return new Other("collections.Counter");
    }
  },
  /** Shapes; not looked into. */
  SIZE("torch.Size", 1, 1) {
    @Override
    PickleValue of(List<PickleValue> arguments) {
      return new Other("torch.Size");
    }
  },
  /** Devices; not looked into. */
  DEVICE("torch.device", 1, 2) {
    @Override
    PickleValue of(List<PickleValue> arguments) {
      return new Other("torch.device");
    }
  },
  /** What libtorch writes around containers: {@code restore_type_tag(value, type)}. */
  TYPE_TAG("torch.jit._pickle.restore_type_tag", 2, 2) {
    @Override
    PickleValue of(List<PickleValue> arguments) {
      return arguments.get(0);
    }
  };

  /** More extents than any tensor has. */
  private static final int MOST_EXTENTS = 64;

  private final String qualifiedName;
  private final int fewest;
  private final int most;

  PickleFunction(String qualifiedName, int fewest, int most) {
    this.qualifiedName = qualifiedName;
    this.fewest = fewest;
    this.most = most;
  }

  /** All functions by their module and name. */
  static Map<String, PickleFunction> byName() {
    Map<String, PickleFunction> all = new LinkedHashMap<>();
    for (PickleFunction function : values()) {
      all.put(function.qualifiedName, function);
    }
    return all;
  }

  String qualifiedName() {
    return qualifiedName;
  }

  abstract PickleValue of(List<PickleValue> arguments) throws PickleException;

  /** Makes the value of a call. */
  PickleValue call(List<PickleValue> arguments) throws PickleException {
    if (arguments.size() < fewest || arguments.size() > most) {
      throw PickleException.damaged(
          "calls " + qualifiedName + " with " + arguments.size() + " arguments");
    }
    return of(arguments);
  }

  private static Tensor tensor(List<PickleValue> arguments) throws PickleException {
    if (!(arguments.get(0) instanceof Storage storage)) {
      throw PickleException.damaged("makes a tensor of what is no storage");
    }
    if (!(arguments.get(1) instanceof Int offset)) {
      throw PickleException.damaged("makes a tensor whose offset is no number");
    }
    return new Tensor(
        storage, offset.value(), numbers(arguments.get(2)), numbers(arguments.get(3)));
  }

  private static List<Long> numbers(PickleValue tuple) throws PickleException {
    if (!(tuple instanceof Items items
        && items.isTuple()
        && items.items().size() <= MOST_EXTENTS)) {
      throw PickleException.damaged("makes a tensor whose size or stride is no tuple of numbers");
    }
    List<Long> numbers = new ArrayList<>();
    for (PickleValue item : items.items()) {
      if (!(item instanceof Int number)) {
        throw PickleException.damaged("makes a tensor whose size or stride is no tuple of numbers");
      }
      numbers.add(number.value());
    }
    return List.copyOf(numbers);
  }
}
