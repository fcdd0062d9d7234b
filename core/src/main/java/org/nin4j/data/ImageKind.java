package org.nin4j.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats of image files, known by the bytes that they begin with. */
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
   * @param magics what a file may begin with, a character for each byte; '?' stands for any
   */
  ImageKind(String title, List<String> extensions, String... magics) {
    this.title = title;
    this.extensions = extensions;
    this.magics =
        Stream.of(magics).map(magic -> magic.getBytes(StandardCharsets.ISO_8859_1)).toList();
  }

  /** The format of a file, by its first bytes. */
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

  /** Whether a file's name ends as that of an image does, readable here or not. */
  static boolean isImageName(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return Stream.of(values()).anyMatch(kind -> kind.extensions.contains(extension));
  }

  /** The formats that can be read here: "PNG, JPEG, BMP, GIF or TIFF". */
  static String readable() {
    List<String> titles =
        Stream.of(values()).filter(ImageReaders::canRead).map(ImageKind::title).toList();
    int last = titles.size() - 1;
    return String.join(", ", titles.subList(0, last)) + " or " + titles.get(last);
  }

  /** The name that people use. */
  String title() {
    return title;
  }

  /** The name by which Java finds its readers. */
  String formatName() {
    return title.toLowerCase(Locale.ROOT);
  }
}
