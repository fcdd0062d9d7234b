package org.nin4j.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.error.IncompleteFileException;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.SourceModel;

/**
 * The files of the models to serve.
 *
 * @param choices the files
 * @param foreign what files of other programs do not say
 */
record ServedFiles(List<NamedModel> choices, ForeignFileOptions foreign) {
  /**
   * Reads them. Of several, the options are for those that do not say everything themselves.
   *
   * @return the models, in the order of the files
   * @throws UsageException when options are missing, or say what a file says itself
   * @throws IOException when a file cannot be read
   */
  List<SourceModel> read() throws IOException {
    ImportOptions options = foreign.read();
    List<SourceModel> sources = new ArrayList<>();
    boolean needed = choices.size() == 1 || options.equals(ImportOptions.none());
    for (NamedModel each : choices) {
      SourceModel complete = needed && choices.size() == 1 ? null : complete(each);
      needed |= complete == null;
      sources.add(complete == null ? each.model().read(options) : complete);
    }
    if (!needed) {
      throw new UsageException(
          "every model says all of itself; leave out the options for files of other programs");
    }
    return sources;
  }

  /** Reads a model that needs no options; null when it does. */
  private static SourceModel complete(NamedModel choice) throws IOException {
    try {
      return choice.model().read(ImportOptions.none());
    } catch (UsageException e) {
      if (e.getCause() instanceof IncompleteFileException) {
        return null;
      }
      throw e;
    }
  }
}
