package org.nin4j.conformance;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.nin4j.nn.Shape;

/** PyTorch, as far as the tests need it. */
public final class Torch {
  private Torch() {}

  /** The library as the tests use it; the benchmark, which times PyTorch as it comes, does not. */
  private static final class Library {
    static final boolean LOADED = load();

    /**
     * Without PyTorch's own oneDNN, so that the comparison is with independent code, whatever the
     * instruction set. On an AMD EPYC that oneDNN gave zeros and NaN for gradients of convolutions
     * in single precision.
     */
    private static boolean load() {
      try {
        Loader.load(torch.class);
        torch.globalContext().setUserEnabledMkldnn(false);
        // Loading it sets OpenMP's number of threads to 1, also for the engine that is compared.
        torch.set_num_threads(Runtime.getRuntime().availableProcessors());
        return true;
      } catch (LinkageError | RuntimeException e) {
        return false;
      }
    }
  }

  /** Whether there is a PyTorch for this platform; a condition of the tests that need it. */
  public static boolean isAvailable() {
    return Library.LOADED;
  }

  /** Does some work, and then frees all tensors that it made. */
  public static <T> T scoped(Supplier<T> work) {
    PointerScope scope = new PointerScope();
    try {
      return work.get();
    } finally {
      scope.close();
    }
  }

  /** A tensor of doubles with these values. */
  public static Tensor tensor(float[] values, Shape shape) {
    return wrap(new FloatPointer(values), shape, ScalarType.Float).to(ScalarType.Double);
  }

  /** A tensor of doubles with these values. */
  public static Tensor tensor(double[] values, Shape shape) {
    return wrap(new DoublePointer(values), shape, ScalarType.Double).clone();
  }

  /** A tensor over foreign memory, to be copied from: Tensor.create copies value by value. */
  private static Tensor wrap(Pointer values, Shape shape, ScalarType type) {
    TensorOptions options = new TensorOptions().dtype(new ScalarTypeOptional(type));
    return torch.from_blob(values, dims(shape), options);
  }

  /** The values of a tensor, whatever its type, in PyTorch's order. */
  public static double[] values(Tensor tensor) {
    Tensor plain = tensor.detach().to(ScalarType.Double).contiguous();
    double[] values = new double[Math.toIntExact(plain.numel())];
    if (values.length > 0) {
      new DoublePointer(plain.data_ptr()).get(values);
    }
    return values;
  }

  /**
   * Gradients of {@code output} with respect to {@code inputs}, where its own gradient is {@code
   * outputGradient}.
   */
  public static List<Tensor> gradients(Tensor output, List<Tensor> inputs, Tensor outputGradient) {
    TensorVector gradients =
        torch.grad(
            new TensorVector(output),
            new TensorVector(inputs.toArray(new Tensor[0])),
            new TensorVector(outputGradient),
            new BoolOptional(),
            false,
            false);
    return List.of(gradients.get());
  }

  /** A leaf of the graph: a tensor over the same values that gradients are computed for. */
  public static Tensor leaf(Tensor tensor) {
    return tensor.detach().requires_grad_(true);
  }

  /** No tensor, or this one. */
  public static TensorOptional optional(Tensor tensor) {
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
  }

  /** The extents of a shape as PyTorch takes them. */
  public static long[] dims(Shape shape) {
    return shape.dims().stream().mapToLong(Integer::longValue).toArray();
  }
}
