package org.nin4j.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * JSON as files of strangers must be read: no duplicate names, little depth, and names that do not
 * stay in memory.
 */
final class StrictJson {
  private static final int DEEPEST = 64;

  private StrictJson() {}

  /** For documents of up to {@code longest} characters. */
  static JsonFactory factory(int longest) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxDocumentLength(longest)
                .maxStringLength(longest)
                .maxNameLength(longest)
                .build())
        .build();
  }

  /** Reads small documents into trees; decimal numbers keep all their digits. */
  static ObjectMapper mapper(int longest) {
    return JsonMapper.builder(factory(longest))
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
  }
}
