package org.nin4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.TensorInference;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.numpy.NpyReader;
import org.nin4j.interchange.numpy.NpyWriter;
import org.nin4j.io.Dtype;
import org.nin4j.io.Model;
import org.nin4j.io.TensorInfo;
import org.nin4j.nn.Shape;

/** Runs a model on an array of images in a file, part by part, and writes the result to another. */
final class TensorPrediction {
  /** Values in memory at a time, for images and results together. */
  private static final long MOST_VALUES = 4 << 20;

  private final Model model;
  private final Engine engine;
  private final Precision precision;
  private final int threads;

  TensorPrediction(Model model, Engine engine, Precision precision, int threads) {
    this.model = model;
    this.engine = engine;
    this.precision = precision;
    this.threads = threads;
  }

  /**
   * Runs the model on all images.
   *
   * @param layer whose output is written; null for the logits
   * @return the extents of what was written
   * @throws UsageException when the network has no such layer
   * @throws IOException when a file cannot be read or written, or the array is not what the model
   *     takes
   */
  List<Long> run(Path tensor, LayerPath layer, Path out) throws IOException {
    try (NpyReader images = NpyReader.open(tensor)) {
      requireFit(tensor, images);
      try (TensorInference inference = inference(layer)) {
        List<Long> dims = new ArrayList<>(List.of(images.dims().get(0)));
        inference.output().dims().stream().skip(1).forEach(dim -> dims.add((long) dim));
        NpyWriter.write(out, dims, results -> run(images, inference, results));
        return dims;
      }
    }
  }

  private TensorInference inference(LayerPath layer) {
    if (layer == null) {
      return TensorInference.logits(model, engine, precision, threads);
    }
    try {
      model.network().layerIndex(layer.path());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--layer: " + e.getMessage(), e);
    }
    return TensorInference.layer(model, layer.path(), engine, precision, threads);
  }

  private void requireFit(Path tensor, NpyReader images) throws IOException {
    Shape input = model.network().input();
    List<Long> wanted = input.dims().stream().map(Integer::longValue).toList();
    List<Long> dims = images.dims();
    boolean fits = dims.size() == 4 && dims.subList(1, 4).equals(wanted.subList(1, 4));
    if (!fits || images.dtype() != Dtype.F32) {
      throw new InvalidFileException(
          tensor,
          "is "
              + images.dtype()
              + " "
              + TensorInfo.text(dims)
              + ", but the model takes F32 N"
              + input.toString().substring(1)
              + (fits
                  ? "; save them as np.save(file, images.astype(np.float32))"
                  : "; preprocess the images to that shape"),
          null);
    }
  }

  private void run(NpyReader images, TensorInference inference, NpyWriter results)
      throws IOException {
    int perImage = Math.toIntExact(inference.input().elements());
    int perResult = Math.toIntExact(inference.output().elements());
    long affordable = Math.max(threads, MOST_VALUES / ((long) perImage + perResult));
    int batch = (int) Math.max(1, Math.min(affordable, images.dims().get(0)));
    float[] values = new float[Math.multiplyExact(batch, perImage)];
    float[] computed = new float[Math.multiplyExact(batch, perResult)];
    for (int n = read(images, values, batch); n > 0; n = read(images, values, batch)) {
      inference.run(values, n, computed);
      results.write(computed, 0, n * perResult);
    }
  }

  /** A failure to read is not one to write the file that is open for writing. */
  private static int read(NpyReader images, float[] values, int batch) {
    try {
      return images.read(values, batch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
