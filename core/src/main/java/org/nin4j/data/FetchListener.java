package org.nin4j.data;

/** Receives the progress of files that are being fetched. */
@FunctionalInterface
public interface FetchListener {
  /**
   * Called about every 256 KB and at the end of each file, on the thread that fetches.
   *
   * @param file the file's name
   * @param bytes number of its bytes fetched so far
   * @param total number of its bytes in all, or -1 if the server does not say
   * @param done whether the file is complete
   */
  void progress(String file, long bytes, long total, boolean done);
}
