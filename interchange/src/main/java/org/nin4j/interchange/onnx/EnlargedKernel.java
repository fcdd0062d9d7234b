package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.util.List;

/**
 * The weights of a convolution (M, C, KH, KW) with zeros before or behind its rows and columns.
 *
 * @param weight as the file has them
 */
record EnlargedKernel(Values weight, SymmetricKernel rows, SymmetricKernel columns)
    implements Values {
  @Override
  public String name() {
    return weight.name();
  }

  @Override
  public List<Long> dims() {
    List<Long> dims = weight.dims();
    return List.of(
        dims.get(0), dims.get(1), dims.get(2) + rows.added(), dims.get(3) + columns.added());
  }

  @Override
  public float[] floats() throws IOException {
    float[] source = weight.floats();
    int height = Math.toIntExact(weight.dims().get(2));
    int width = Math.toIntExact(weight.dims().get(3));
    int newHeight = height + rows.added();
    int newWidth = width + columns.added();
    float[] target = new float[source.length / (height * width) * newHeight * newWidth];
    for (int row = 0; row < source.length / width; row++) {
      int newRow = row / height * newHeight + row % height + rows.front();
      System.arraycopy(source, row * width, target, newRow * newWidth + columns.front(), width);
    }
    return target;
  }
}
