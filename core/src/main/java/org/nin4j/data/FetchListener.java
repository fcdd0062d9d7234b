package org.nin4j.data;

/** Is told how the fetching of a file goes on. */
@FunctionalInterface
public interface FetchListener {
  /**
   * Called every now and then, and at the end of each file.
   *
   * @param file its name
   * @param bytes fetched up to now
   * @param total how many there will be, -1 if the server does not say
   * @param done whether this was the last of the file
   */
  void progress(String file, long bytes, long total, boolean done);
}
