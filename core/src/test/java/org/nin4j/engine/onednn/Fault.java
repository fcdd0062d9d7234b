package org.nin4j.engine.onednn;

import java.nio.FloatBuffer;
import org.nin4j.engine.onednn.verify.Execution;
import org.nin4j.engine.onednn.verify.MemoryArgument;
import org.nin4j.engine.onednn.verify.Operand;
import org.nin4j.nn.Shape;

/** What can be wrong with the result of a primitive. */
enum Fault {
  ONE_VALUE {
    @Override
    void spoil(FloatBuffer values, Shape shape) {
      values.put(values.capacity() - 1, values.get(values.capacity() - 1) + 1);
    }
  },
  THE_LAST_COLUMN {
    @Override
    void spoil(FloatBuffer values, Shape shape) {
      int width = shape.dim(shape.rank() - 1);
      for (int i = width - 1; i < values.capacity(); i += width) {
        values.put(i, values.get(i) + 1);
      }
    }
  },
  /** A channel of activations, or an input channel of weights. */
  ONE_CHANNEL {
    @Override
    void spoil(FloatBuffer values, Shape shape) {
      int channels = shape.rank() < 2 ? 1 : shape.dim(1);
      int inner = values.capacity() / shape.dim(0) / channels;
      for (int n = 0; n < shape.dim(0); n++) {
        for (int i = 0; i < inner; i++) {
          int index = (n * channels + channels - 1) * inner + i;
          values.put(index, values.get(index) + 1);
        }
      }
    }
  },
  /** An image of activations, or an output channel of weights, in the position of another one. */
  ONE_IMAGE {
    @Override
    void spoil(FloatBuffer values, Shape shape) {
      int inner = values.capacity() / shape.dim(0);
      boolean same = true;
      for (int i = 0; i < inner; i++) {
        int index = values.capacity() - inner + i;
        same &= values.get(index) == values.get(i);
        values.put(index, values.get(i));
      }
      if (same) {
        values.put(0, values.get(0) + 1);
      }
    }
  },
  MEMORY_THAT_WAS_NOT_WRITTEN {
    @Override
    void spoil(FloatBuffer values, Shape shape) {
      values.put(values.capacity() / 2, Float.NaN);
    }
  };

  abstract void spoil(FloatBuffer values, Shape shape);

  /** A primitive with this fault in one of its results. */
  Execution in(Execution execution, Operand result) {
    return new Execution() {
      @Override
      public FloatBuffer values(MemoryArgument argument) {
        return execution.values(argument);
      }

      @Override
      public void run() {
        execution.run();
        spoil(execution.values(result.argument()), result.shape());
      }
    };
  }
}
