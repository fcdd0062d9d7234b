package org.nin4j.data;

import java.io.IOException;

/**
 * The source of a data set and how it is opened: enough to open the same data set again.
 *
 * @param name the name of a data set, or the path of a folder, as {@link Datasets#open} takes it
 * @param options how the data set is opened
 */
public record DataSource(String name, DataOptions options) {
  /**
   * Creates a source that is opened with {@link DataOptions#DEFAULT}.
   *
   * @param name the name of a data set, or the path of a folder
   */
  public DataSource(String name) {
    this(name, DataOptions.DEFAULT);
  }

  /**
   * Opens the data set.
   *
   * @return the data set
   * @throws IOException if there is no such data set, or one of its files cannot be read or is
   *     damaged; the message says which and what to do
   */
  public DatasetSplits open() throws IOException {
    return open(InspectionListener.NONE);
  }

  /**
   * Opens the data set and reports the progress of checking its image files.
   *
   * @param listener receives the progress
   * @return the data set
   * @throws IOException if there is no such data set, or one of its files cannot be read or is
   *     damaged; the message says which and what to do
   */
  public DatasetSplits open(InspectionListener listener) throws IOException {
    return Datasets.open(name, options, listener);
  }
}
