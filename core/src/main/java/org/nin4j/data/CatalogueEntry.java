package org.nin4j.data;

import java.net.URI;
import java.util.List;

/** A published data set that a {@link DatasetFetcher} can fetch. */
public final class CatalogueEntry {
  private final String name;
  private final String description;
  private final String licence;
  private final URI homepage;
  private final URI source;
  private final List<CatalogueFile> files;
  private final List<String> classes;

  /**
   * @param source the address of the folder that the files are fetched from; ends with a slash
   * @param files the files in that folder
   * @param classes the names of the classes; a label is an index into this list
   */
  CatalogueEntry(
      String name,
      String description,
      String licence,
      URI homepage,
      URI source,
      List<CatalogueFile> files,
      List<String> classes) {
    this.name = name;
    this.description = description;
    this.licence = licence;
    this.homepage = homepage;
    this.source = source;
    this.files = List.copyOf(files);
    this.classes = List.copyOf(classes);
  }

  /** {@return the name by which {@link Datasets#open} knows the data set} */
  public String name() {
    return name;
  }

  /** {@return what the data set holds, in one line} */
  public String description() {
    return description;
  }

  /** {@return the licence under which the data set is published} */
  public String licence() {
    return licence;
  }

  /** {@return the address where the data set is described} */
  public URI homepage() {
    return homepage;
  }

  /** {@return the address of the folder that the files are fetched from; it ends with a slash} */
  public URI source() {
    return source;
  }

  List<CatalogueFile> files() {
    return files;
  }

  List<String> classes() {
    return classes;
  }

  /**
   * A gzipped IDX file.
   *
   * @param name the file's name without {@code .gz}
   * @param md5 the MD5 digest of the decompressed content, in hexadecimal; a digest of the gzip
   *     file would refuse the same content compressed by somebody else
   */
  record CatalogueFile(String name, String md5) {}
}
