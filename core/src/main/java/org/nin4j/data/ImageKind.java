package org.nin4j.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats of image files, recognised by their first bytes. */
enum ImageKind {
  PNG("PNG", List.of("png"), "\u0089PNG\r\n\u001a\n"),
  JPEG("JPEG", List.of("jpg", "jpeg", "jpe", "jfif"), "\u00ff\u00d8"),
  BMP("BMP", List.of("bmp"), "BM"),
  GIF("GIF", List.of("gif"), "GIF8"),
  TIFF("TIFF", List.of("tif", "tiff"), "II*\0", "MM\0*"),
  WEBP("WebP", List.of("webp"), "RIFF????WEBP");

  private final String title;
  private final List<String> extensions;
  private final List<byte[]> magics;

  /**
   * @param magics the possible first bytes of a file, one character for each; '?' matches any byte
   */
  ImageKind(String title, List<String> extensions, String... magics) {
    this.title = title;
    this.extensions = extensions;
    this.magics =
        Stream.of(magics).map(magic -> magic.getBytes(StandardCharsets.ISO_8859_1)).toList();
  }

  /** Returns the format of a file, given at least its first bytes. */
  static Optional<ImageKind> of(byte[] content) {
    return Stream.of(values()).filter(kind -> kind.begins(content)).findFirst();
  }

  private boolean begins(byte[] content) {
    return magics.stream().anyMatch(magic -> begins(magic, content));
  }

  private static boolean begins(byte[] magic, byte[] content) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= content.length || (magic[i] != '?' && magic[i] != content[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a file's name has the extension of an image format, readable here or not. */
  static boolean isImageName(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return Stream.of(values()).anyMatch(kind -> kind.extensions.contains(extension));
  }

  /** Returns the formats that can be read here, such as "PNG, JPEG, BMP, GIF or TIFF". */
  static String readable() {
    List<String> titles =
        Stream.of(values()).filter(ImageReaders::canRead).map(ImageKind::title).toList();
    int last = titles.size() - 1;
    return String.join(", ", titles.subList(0, last)) + " or " + titles.get(last);
  }

  /** Returns the name of the format for messages. */
  String title() {
    return title;
  }

  /** Returns ImageIO's name of the format, in lower case. */
  String formatName() {
    return title.toLowerCase(Locale.ROOT);
  }
}
