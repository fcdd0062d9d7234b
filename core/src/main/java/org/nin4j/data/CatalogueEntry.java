package org.nin4j.data;

import java.net.URI;
import java.util.List;

/**
 * A published data set that can be fetched.
 *
 * @param name what it is called on the command line
 * @param description one line
 * @param licence under which it is published
 * @param homepage where it is described
 * @param source the folder that its files are fetched from; ends with a slash
 * @param files what is in that folder
 * @param classes the names of the labels 0, 1, ...
 */
public record CatalogueEntry(
    String name,
    String description,
    String licence,
    URI homepage,
    URI source,
    List<CatalogueFile> files,
    List<String> classes) {

  public CatalogueEntry {
    files = List.copyOf(files);
    classes = List.copyOf(classes);
  }

  /**
   * A gzipped IDX file.
   *
   * @param name without {@code .gz}
   * @param md5 of the decompressed content, in hexadecimal; that of the archive would refuse a copy
   *     which somebody else compressed
   */
  public record CatalogueFile(String name, String md5) {}
}
