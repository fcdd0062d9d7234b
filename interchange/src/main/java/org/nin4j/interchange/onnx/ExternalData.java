package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.FileRange;
import org.nin4j.internal.Quoted;

/**
 * The values of a tensor in a second file. It must be in the model's folder or below: ONNX's
 * external data have been a way to read any file of a machine.
 *
 * @param tensor for messages
 * @param location the path of the file, relative to the model's folder
 * @param offset the first byte
 * @param length the number of bytes
 */
record ExternalData(OnnxTensor tensor, String location, long offset, long length) {

  static ExternalData of(OnnxTensor tensor, List<StringStringEntryProto> entries)
      throws InvalidFileException {
    Map<String, String> values = new HashMap<>();
    entries.forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    if (!values.containsKey("location")) {
      throw tensor.invalid("is in another file, but does not say in which");
    }
    return new ExternalData(
        tensor,
        values.get("location"),
        number(tensor, values.getOrDefault("offset", "0")),
        number(tensor, values.getOrDefault("length", "-1")));
  }

  private static long number(OnnxTensor tensor, String text) throws InvalidFileException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw tensor.invalid("has " + Quoted.text(text) + " as its offset or length in another file");
    }
  }

  /**
   * Returns the file.
   *
   * @param model the model's file
   * @throws InvalidFileException when it would be outside of the model's folder, is reached by a
   *     symbolic link, or is no file
   */
  Path file(Path model) throws InvalidFileException {
    Path relative;
    try {
      relative = model.getFileSystem().getPath(location);
    } catch (InvalidPathException e) {
      throw refused("is not a path");
    }
    if (relative.isAbsolute() || relative.getRoot() != null || location.isEmpty()) {
      throw refused("is not below the model's folder");
    }
    Path path = model.toAbsolutePath().getParent();
    for (Path part : relative) {
      if (part.toString().equals("..") || part.toString().equals(".")) {
        throw refused("is not below the model's folder");
      }
      path = path.resolve(part);
      if (Files.isSymbolicLink(path)) {
        throw refused("is a symbolic link, or in one");
      }
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw refused("is not there");
    }
    return path;
  }

  private InvalidFileException refused(String complaint) {
    return tensor.invalid(
        "has its values in " + Quoted.text(location) + ", which " + complaint,
        "put that file into the model's folder, or export the model into one file");
  }

  /** Returns the bytes, which are within the file. */
  List<FileRange> range(Path file, long bytes) throws IOException {
    long size = Files.size(file);
    if (offset < 0 || length < -1 || (length != -1 && length != bytes)) {
      throw refused("has " + length + " bytes for it at byte " + offset + ", not " + bytes);
    }
    if (offset > size - bytes) {
      throw refused("has only " + size + " bytes, so not " + bytes + " at byte " + offset);
    }
    return List.of(new FileRange(offset, bytes));
  }
}
