package org.nin4j.interchange.pytorch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/** The formats of {@code torch.save} before PyTorch 1.6, which are told apart but not read. */
final class LegacyFile {
  private static final int TAR_MAGIC = 257;
  private static final byte[] TAR = "ustar".getBytes(StandardCharsets.US_ASCII);

  private LegacyFile() {}

  /** Whether these first bytes of a file are those of a pickle or of a tar archive. */
  static boolean starts(byte[] start) {
    boolean pickle = start.length > 1 && start[0] == (byte) 0x80 && start[1] >= 0 && start[1] <= 5;
    int end = TAR_MAGIC + TAR.length;
    return pickle
        || (start.length >= end && Arrays.equals(start, TAR_MAGIC, end, TAR, 0, TAR.length));
  }

  /**
   * @throws InvalidFileException when the file is one of them
   */
  static void refuse(Path file) throws IOException {
    if (starts(FileErrors.start(file, TAR_MAGIC + TAR.length))) {
      throw new InvalidFileException(
          file,
          "is a bare pickle or a tar archive, as PyTorch wrote them before version 1.6; convert it"
              + " in Python, if you trust it: torch.save(torch.load(FILE), \"weights.pt\"), or"
              + " torch.save(torch.load(FILE).state_dict(), \"weights.pt\") for a whole network",
          null);
    }
  }
}
