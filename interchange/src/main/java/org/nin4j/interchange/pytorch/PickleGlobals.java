package org.nin4j.interchange.pytorch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.interchange.pytorch.PickleValue.Callable;
import org.nin4j.interchange.pytorch.PickleValue.Other;
import org.nin4j.interchange.pytorch.PickleValue.StorageType;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Dtype;

/**
 * The names that a pickle may use. They are compared with this list and never looked up anywhere.
 */
final class PickleGlobals {
  private static final Map<String, PickleValue> KNOWN = known();
  private static final String REMEDY =
      "save only the state_dict in Python: torch.save(model.state_dict(), \"weights.pt\")";

  private PickleGlobals() {}

  private static Map<String, PickleValue> known() {
    Map<String, PickleValue> known = new HashMap<>();
    PickleFunction.byName().forEach((name, function) -> known.put(name, new Callable(function)));
    Map.of(
            "Double", Dtype.F64,
            "Float", Dtype.F32,
            "Half", Dtype.F16,
            "BFloat16", Dtype.BF16,
            "Char", Dtype.I8,
            "Byte", Dtype.U8,
            "Short", Dtype.I16,
            "Int", Dtype.I32,
            "Long", Dtype.I64,
            "Bool", Dtype.BOOL)
        .forEach((name, dtype) -> known.put("torch." + name + "Storage", new StorageType(dtype)));
    for (String dtype :
        List.of(
            "float64",
            "float32",
            "float16",
            "bfloat16",
            "int8",
            "uint8",
            "int16",
            "int32",
            "int64",
            "bool")) {
      known.put("torch." + dtype, new Other("torch." + dtype));
    }
    return Map.copyOf(known);
  }

  /** Returns what a name stands for. */
  static PickleValue find(String module, String name) throws PickleException {
    String qualified = module + "." + name;
    PickleValue value = KNOWN.get(qualified);
    if (value != null) {
      return value;
    }
    boolean network = module.startsWith("torch.nn.") || module.equals("__main__");
    throw new PickleException(
        network
            ? "holds a whole network as Python code ("
                + Quoted.text(qualified)
                + ") and not only its weights"
            : "names Python's "
                + Quoted.text(qualified)
                + ", and only tensors and plain values are read",
        REMEDY);
  }
}
