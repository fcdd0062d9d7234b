package org.nin4j.data;

import java.net.URI;
import java.util.List;

/**
 * A published data set that a {@link DatasetFetcher} can fetch.
 *
 * @param name the name by which {@link Datasets#open} knows it
 * @param description what it holds, in one line
 * @param licence the licence under which it is published
 * @param homepage the address where it is described
 * @param source the address of the folder that its files are fetched from; ends with a slash
 * @param files the files in that folder
 * @param classes the names of the classes; a label is an index into this list
 */
public record CatalogueEntry(
    String name,
    String description,
    String licence,
    URI homepage,
    URI source,
    List<CatalogueFile> files,
    List<String> classes) {

  /** Copies the lists. */
  public CatalogueEntry {
    files = List.copyOf(files);
    classes = List.copyOf(classes);
  }

  /**
   * A gzipped IDX file.
   *
   * @param name the file's name without {@code .gz}
   * @param md5 the MD5 digest of the decompressed content, in hexadecimal; a digest of the gzip
   *     file would refuse the same content compressed by somebody else
   */
  public record CatalogueFile(String name, String md5) {}
}
