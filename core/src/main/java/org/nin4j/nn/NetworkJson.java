package org.nin4j.nn;

import java.io.IOException;
import java.nio.file.Path;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.TextFile;

/**
 * A network as JSON text, with PyTorch's names for layers and their arguments:
 *
 * <pre>{@code
 * {
 *   "name": "small",
 *   "input": [1, 28, 28],
 *   "layers": [
 *     {"type": "Conv2d", "in_channels": 1, "out_channels": 10, "kernel_size": 5, "padding": 2},
 *     {"type": "ReLU"},
 *     {"type": "AdaptiveAvgPool2d", "output_size": 1},
 *     {"type": "Flatten"}
 *   ]
 * }
 * }</pre>
 *
 * <p>Windows are one number or [height, width]; arguments with a default in PyTorch may be left
 * out. {@code {"type": "Sequential", "layers": [...]}} nests, and {@code {"type": "NinBlock",
 * "in_channels": ..., "out_channels": ..., "kernel_size": ..., "stride": ..., "padding": ...}}
 * stands for the six layers of {@link NinBlock}.
 */
public final class NetworkJson {
  private static final int LARGEST_FILE = 4; // MiB

  private NetworkJson() {}

  /**
   * Writes one line for each layer; reading it gives an equal network.
   *
   * @param network what to write
   * @return JSON text that ends with a line break
   */
  public static String write(Network network) {
    return NetworkJsonWriter.write(network);
  }

  /**
   * Reads a network from JSON text, written by {@link #write} or by hand.
   *
   * @param json the text; a byte order mark at its start is skipped
   * @param source names the text in messages, such as the path of its file
   * @return the network
   * @throws IllegalArgumentException when the text is not a network that can run; the message names
   *     the source and the path of the value in it, such as {@code layers[2].layers[0].kernel_size}
   */
  public static Network read(String json, String source) {
    return NetworkJsonReader.read(json, source);
  }

  /**
   * Reads a network from a UTF-8 file of at most 4 MiB.
   *
   * @param file the file
   * @return the network
   * @throws InvalidFileException when it does not hold a network that can run; the message names
   *     the path of the value as for {@link #read(String, String)}
   * @throws IOException when the file is missing or cannot be read
   */
  public static Network read(Path file) throws IOException {
    String text = TextFile.read(file, LARGEST_FILE);
    try {
      return read(text, file.toString());
    } catch (IllegalArgumentException e) {
      throw InvalidFileException.saying(file, e.getMessage(), e);
    }
  }
}
