package org.nin4j.interchange.pytorch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ZipFileReader;
import org.nin4j.interchange.internal.ZipRecord;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Floats;

/**
 * An open file of {@code torch.save}: a zip archive of records {@code NAME/data.pkl}, {@code
 * NAME/version}, {@code NAME/byteorder}, {@code NAME/data/KEY} and {@code NAME/extra/KEY}.
 */
final class TorchArchive implements Closeable {
  static final String PICKLE = "data.pkl";
  static final String VERSION = "version";
  static final String BYTE_ORDER = "byteorder";
  static final String STORAGES = "data/";
  static final String EXTRA = "extra/";

  /** With the optimizer's state, a network of a thousand layers takes a tenth of it. */
  private static final int LARGEST_PICKLE = 16 << 20;

  /** All texts together. */
  static final int LARGEST_EXTRA = 16 << 20;

  /** A number, or a word. */
  private static final int LARGEST_NOTE = 100;

  private static final int NEWEST_VERSION = 10;

  private final ZipFileReader zip;
  private final String root;
  private final int version;
  private final ByteOrder order;

  private TorchArchive(ZipFileReader zip) throws IOException {
    this.zip = zip;
    root = root();
    if (zip.entry(root + "constants.pkl").isPresent()) {
      throw refused(
          "is a TorchScript program; save its weights alone in Python: "
              + "torch.save(torch.jit.load(FILE).state_dict(), \"weights.pt\")");
    }
    zip.requireStored();
    version = version();
    order = byteOrder();
  }

  /**
   * Opens a file.
   *
   * @throws InvalidFileException when it is not a sound file of {@code torch.save}
   */
  static TorchArchive open(Path file) throws IOException {
    LegacyFile.refuse(file);
    ZipFileReader zip = ZipFileReader.open(file);
    try {
      return new TorchArchive(zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private String root() throws IOException {
    List<String> pickles =
        zip.entries().stream()
            .map(ZipRecord::name)
            .filter(name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == rootLength(name))
            .toList();
    if (pickles.size() != 1) {
      throw refused(
          "is a zip archive with "
              + (pickles.isEmpty() ? "no record" : "several records")
              + " 'NAME/data.pkl', so torch.save has not written it; take another file");
    }
    return pickles.get(0).substring(0, rootLength(pickles.get(0)) + 1);
  }

  private static int rootLength(String pickle) {
    return pickle.length() - PICKLE.length() - 1;
  }

  private int version() throws IOException {
    Optional<String> text = note(VERSION);
    int number;
    try {
      number = Integer.parseInt(text.orElse("none"));
    } catch (NumberFormatException e) {
      throw refused(
          "has no record '"
              + VERSION
              + "' with a number, so torch.save has not written it; take another file");
    }
    if (number < 1 || number > NEWEST_VERSION) {
      throw refused(
          "has PyTorch's format version "
              + number
              + ", and 1 to "
              + NEWEST_VERSION
              + " are read; save it with another version of PyTorch");
    }
    return number;
  }

  private ByteOrder byteOrder() throws IOException {
    String text = note(BYTE_ORDER).orElse("little");
    return switch (text) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw refused(
              "has the byte order "
                  + Quoted.text(text)
                  + ", which is neither little nor big; the file is damaged, save it again");
    };
  }

  private Optional<String> note(String name) throws IOException {
    Optional<ZipRecord> record = zip.entry(root + name);
    return record.isEmpty()
        ? Optional.empty()
        : Optional.of(text(record.get(), LARGEST_NOTE).strip());
  }

  private String text(ZipRecord record, int most) throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(zip.bytes(record, most));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw refused(
          "its entry " + Quoted.text(record.name()) + " is not UTF-8; the file is damaged");
    }
  }

  Path file() {
    return zip.file();
  }

  int formatVersion() {
    return version;
  }

  ByteOrder order() {
    return order;
  }

  /** The texts that the writer put beside the pickle. */
  Map<String, String> extra() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    int left = LARGEST_EXTRA;
    for (ZipRecord record : zip.entries()) {
      String start = root + EXTRA;
      if (record.name().startsWith(start) && !record.name().endsWith("/")) {
        String text = text(record, left);
        left -= (int) record.size();
        texts.put(RecordKey.decode(record.name().substring(start.length())), text);
      }
    }
    return texts;
  }

  /** Reads what was saved. */
  PickleValue content() throws IOException {
    ZipRecord record = zip.entry(root + PICKLE).orElseThrow();
    Unpickler unpickler = new Unpickler(new PickleInput(zip.bytes(record, LARGEST_PICKLE)));
    try {
      return unpickler.read();
    } catch (PickleException e) {
      int at = unpickler.position();
      throw new InvalidFileException(
          file(),
          record.start() + at,
          "its " + PICKLE + " " + e.getMessage() + ", at byte " + at + " of it; " + e.remedy(),
          e);
    }
  }

  /** The record of a storage. */
  Optional<ZipRecord> storage(String key) {
    return zip.entry(root + STORAGES + key);
  }

  /** Reads a record from front to back, so that damage is found. */
  void verify(ZipRecord record) throws IOException {
    try (InputStream in = zip.stream(record)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Reads a record from one of its bytes on; no checksum is verified. */
  Floats.Input from(ZipRecord record, long offset) {
    return new Floats.Input() {
      private long at = offset;

      @Override
      public void read(byte[] target, int length) throws IOException {
        zip.read(record, at, target, length);
        at += length;
      }
    };
  }

  InvalidFileException refused(String complaint) {
    return new InvalidFileException(file(), complaint, null);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
