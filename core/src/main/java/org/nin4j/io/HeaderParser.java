package org.nin4j.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;

/**
 * Reads the JSON of a safetensors header; every error names the file and the byte. The header has
 * limits of its own and ignores unknown fields, so this is not the reader of {@code internal.json}.
 */
final class HeaderParser {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxDocumentLength(Header.LONGEST)
                  .maxStringLength(Header.LONGEST)
                  .maxNameLength(Header.LONGEST)
                  .build())
          .build();

  /** As many extents as PyTorch and NumPy allow; keeps a hostile header from filling memory. */
  private static final int HIGHEST_RANK = 64;

  private static final int LONGEST_REASON = 160;

  private final Path file;
  private final String text;
  private final JsonParser json;

  private HeaderParser(Path file, String text, JsonParser json) {
    this.file = file;
    this.text = text;
    this.json = json;
  }

  /**
   * Reads a header; its ranges are not yet checked against each other.
   *
   * @param bytes the header, from byte 8 of the file
   */
  static Header parse(Path file, byte[] bytes) throws IOException {
    if (bytes[0] != '{') {
      throw defect(file, Header.LENGTH_BYTES, "the header does not begin with {");
    }
    String text = decode(file, bytes);
    try (JsonParser json = JSON.createParser(text)) {
      return new HeaderParser(file, text, json).header();
    }
  }

  private static String decode(Path file, byte[] bytes) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (decoder.decode(in, out, true).isError()) {
      throw defect(file, Header.LENGTH_BYTES + in.position(), "the header is not UTF-8 text");
    }
    return out.flip().toString();
  }

  private Header header() throws IOException {
    Map<String, String> metadata = Map.of();
    List<TensorRange> tensors = new ArrayList<>();
    next();
    while (next() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      require(next() == JsonToken.START_OBJECT, Quoted.text(name) + " must be an object");
      if (name.equals(Header.METADATA)) {
        metadata = metadata();
      } else {
        tensors.add(tensor(name));
      }
    }
    int end = (int) json.currentLocation().getCharOffset();
    for (int i = end; i < text.length(); i++) {
      if (text.charAt(i) != ' ') {
        throw defect(file, byteOffset(i), "only spaces may follow the JSON of the header");
      }
    }
    return new Header(metadata, tensors);
  }

  private Map<String, String> metadata() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    while (next() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      require(
          next() == JsonToken.VALUE_STRING,
          "the metadata " + Quoted.text(key) + " must be a string");
      metadata.put(key, unicodeText());
    }
    return metadata;
  }

  private TensorRange tensor(String name) throws IOException {
    String itself = "tensor " + Quoted.text(name);
    Dtype dtype = null;
    List<Long> dims = null;
    List<Long> offsets = null;
    while (next() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      next();
      switch (field) {
        case "dtype" -> dtype = dtype(itself);
        case "shape" -> dims = counts(itself + " has a shape that", HIGHEST_RANK);
        case "data_offsets" -> offsets = counts(itself + " has data_offsets that", 2);
        default -> skip(); // as the reference implementation does
      }
    }
    require(dtype != null, itself + " has no dtype");
    require(dims != null, itself + " has no shape");
    require(offsets != null && offsets.size() == 2, itself + " has no two data_offsets");
    return new TensorRange(new TensorInfo(name, dtype, dims), offsets.get(0), offsets.get(1));
  }

  private Dtype dtype(String itself) throws IOException {
    String name = json.getText();
    for (Dtype dtype : Dtype.values()) {
      if (json.currentToken() == JsonToken.VALUE_STRING && dtype.name().equals(name)) {
        return dtype;
      }
    }
    throw here(itself + " has an unknown dtype " + Quoted.text(name));
  }

  private List<Long> counts(String itself, int most) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, itself + " is not an array");
    List<Long> counts = new ArrayList<>();
    while (next() != JsonToken.END_ARRAY) {
      require(
          json.currentToken() == JsonToken.VALUE_NUMBER_INT && !json.getText().startsWith("-"),
          itself + " holds something other than a whole number from 0");
      require(counts.size() < most, itself + " holds more than " + most + " numbers");
      counts.add(number(itself));
    }
    return counts;
  }

  private long number(String itself) throws IOException {
    try {
      return Long.parseLong(json.getText());
    } catch (NumberFormatException e) {
      throw here(itself + " holds a number too large for any file");
    }
  }

  private void skip() throws IOException {
    int depth = 0;
    do {
      if (json.currentToken().isStructStart()) {
        depth++;
      } else if (json.currentToken().isStructEnd()) {
        depth--;
      }
    } while (depth > 0 && next() != null);
  }

  private JsonToken next() throws IOException {
    try {
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_STRING) {
        json.getText(); // decodes it here, where errors are caught
      }
      return token;
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      long offset = location == null ? 0 : location.getCharOffset();
      String words = e.getOriginalMessage().lines().findFirst().orElse("").strip();
      String reason = Quoted.printable(words, LONGEST_REASON); // they quote the text
      throw defect(file, byteOffset(offset), "the header is not strict JSON (" + reason + ")");
    }
  }

  /** Escapes can spell halves of characters, which no UTF-8 text may hold. */
  private String unicodeText() throws IOException {
    String string = json.getText();
    require(
        StandardCharsets.UTF_8.newEncoder().canEncode(string),
        Quoted.text(string) + " is not Unicode text");
    return string;
  }

  private void require(boolean condition, String what) throws IOException {
    if (!condition) {
      throw here(what);
    }
  }

  private InvalidFileException here(String what) {
    return defect(file, byteOffset(json.currentTokenLocation().getCharOffset()), what);
  }

  private long byteOffset(long charOffset) {
    int chars = (int) Math.max(0, Math.min(charOffset, text.length()));
    return (long) Header.LENGTH_BYTES
        + text.substring(0, chars).getBytes(StandardCharsets.UTF_8).length;
  }

  private static InvalidFileException defect(Path file, long offset, String what) {
    return new InvalidFileException(
        file,
        offset,
        what + ", at byte " + offset + "; the file is damaged or not a safetensors file",
        null);
  }
}
