package org.nin4j.server.page;

import java.util.List;
import java.util.Map;
import org.nin4j.data.Preprocessing;
import org.nin4j.io.BlockModel;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;

/** A model whose classes have names that try to be more than names. */
final class HostileModel {
  static final String MARKUP =
      "<script>document.title = 'taken'</script><img src=x onerror=alert(1)>";
  static final String QUOTES = "\"quotes\" & 'others' \\ \u202e\u05e9\u05dc\u05d5\u05dd (abc)";
  static final String LONG = "long".repeat(100);

  private HostileModel() {}

  static SourceModel source() {
    Model plain = BlockModel.plain();
    return SourceModel.of(
        new Model(
            plain.network(),
            plain.weights(),
            List.of(MARKUP, QUOTES, LONG),
            Preprocessing.unit(1, 8, 8),
            Map.of(),
            null));
  }
}
