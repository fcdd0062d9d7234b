package org.nin4j.interchange.numpy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ZipFileReader;
import org.nin4j.interchange.internal.ZipRecord;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Dtype;
import org.nin4j.io.Floats;
import org.nin4j.io.TensorInfo;
import org.nin4j.io.TensorSource;

/** An open archive of arrays, as {@code np.savez} and {@code np.savez_compressed} write it. */
final class NpzFile implements TensorSource {
  static final String ARRAY = ".npy";
  private static final int BUFFER = 1 << 16;

  /** What compressed arrays may take in memory, whatever the size of the file. */
  private static final long SMALL = 64 << 20;

  /** By how much compressed arrays may be larger in memory than the file, beyond that. */
  private static final int LARGEST_EXPANSION = 8;

  private final ZipFileReader zip;
  private final Map<String, ZipRecord> entries = new LinkedHashMap<>();
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private Map<String, String> metadata = Map.of();
  private long inflated; // bytes in memory of all compressed arrays

  private NpzFile(ZipFileReader zip) {
    this.zip = zip;
  }

  /**
   * Opens an archive and reads what its arrays say of themselves.
   *
   * @throws InvalidFileException when it is not a sound archive of arrays of numbers
   */
  static NpzFile open(Path file) throws IOException {
    NpzFile npz = new NpzFile(ZipFileReader.open(file));
    try {
      for (ZipRecord entry : npz.zip.entries()) {
        npz.add(entry);
      }
      npz.requireNoBomb();
      return npz;
    } catch (IOException | RuntimeException e) {
      npz.close();
      throw e;
    }
  }

  private void add(ZipRecord entry) throws IOException {
    if (!entry.name().endsWith(ARRAY)) {
      throw new InvalidFileException(
          file(),
          "holds an entry "
              + Quoted.text(entry.name())
              + " that is not an array (.npy); save the arrays alone with np.savez",
          null);
    }
    String name = entry.name().substring(0, entry.name().length() - ARRAY.length());
    ArraySource source = ArraySource.in(file(), name);
    try (InputStream in = zip.stream(entry)) {
      NpyHeader header = NpyHeaderReader.read(source, in, entry.size());
      if (name.equals(NpzMetadata.NAME)) {
        metadata = Collections.unmodifiableMap(NpzMetadata.read(source, header, in));
        return;
      }
      if (header.type().dtype().isEmpty()) {
        throw source.invalid("holds text, not numbers; save the other arrays without it");
      }
      if (header.elements() > Floats.MOST
          && header.type().dtype().filter(Dtype::readsAsFloat).isPresent()) {
        throw source.invalid(
            "is " + header.shown() + ", which is more than an array can hold; split it");
      }
      entries.put(name, entry);
      tensors.put(name, header.info(name));
      inflated += entry.deflated() ? Float.BYTES * Math.min(header.elements(), 1L << 40) : 0;
    }
  }

  private void requireNoBomb() throws IOException {
    long most = Math.max(SMALL, LARGEST_EXPANSION * Files.size(file()));
    if (inflated > most) {
      throw new InvalidFileException(
          file(),
          "has compressed arrays that would take "
              + inflated
              + " bytes of memory, and at most "
              + most
              + " are unpacked from a file of its size; save them with np.savez, which does not"
              + " compress",
          null);
    }
  }

  @Override
  public Path file() {
    return zip.file();
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** Whether any array is compressed. */
  boolean compressed() {
    return entries.values().stream().anyMatch(ZipRecord::deflated);
  }

  @Override
  public float[] floats(String name) throws IOException {
    ZipRecord entry = entries.get(name);
    ArraySource source = ArraySource.in(file(), name);
    try (InputStream in = new BufferedInputStream(zip.stream(entry), BUFFER)) {
      NpyHeader header = NpyHeaderReader.read(source, in, entry.size());
      return new NpyElements(source, header, in).all();
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
