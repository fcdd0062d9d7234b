package org.nin4j.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Properties of a JPEG file that are read from its segments without decoding it.
 *
 * @param process the coding process: the second byte of the frame's marker
 * @param precision bits per sample
 * @param height rows of the stored image
 * @param width columns of the stored image
 * @param components 1 for grey, 3 for colour, 4 for CMYK or YCCK
 * @param scanComponents how many components the first scan has; 0 if none was found
 * @param orientation Exif's orientation, 1 to 8
 * @param adobe the colour transform in Adobe's segment; -1 without such a segment
 * @param complete whether the marker of the image's end was found; false if only the segments
 *     before the first scan were read
 */
record JpegHeader(
    int process,
    int precision,
    int height,
    int width,
    int components,
    int scanComponents,
    int orientation,
    int adobe,
    boolean complete) {
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);

  /** Reads the segments up to the first scan. Empty if they include no frame. */
  static Optional<JpegHeader> read(byte[] file) {
    return read(file, 0);
  }

  /** Reads the segments up to the first scan of a file that begins at an index. */
  static Optional<JpegHeader> read(byte[] file, int from) {
    return new Parser(file, from).parse(false);
  }

  /** Reads all segments up to the end of the image. Empty if they include no frame. */
  static Optional<JpegHeader> readToEnd(byte[] file) {
    return new Parser(file, 0).parse(true);
  }

  /** Returns whether the pixels may be spread over any number of scans. */
  boolean hasSeveralScans() {
    return !isSequential() || scanComponents != components;
  }

  private boolean isSequential() {
    return process == 0xC0 || process == 0xC1;
  }

  /** Returns whether the image is CMYK or YCCK. */
  boolean isCmyk() {
    return components == 4;
  }

  /**
   * Returns the size of the upright image if the file is complete and its coding process is one
   * that Java can decode; empty for any other file.
   */
  Optional<ImageSize> sizeIfIntact() {
    boolean decodable = process >= 0xC0 && process <= 0xC2 && precision == 8;
    boolean colours = components == 1 || components == 3 || components == 4;
    if (!complete || !decodable || !colours || height == 0 || width == 0) {
      return Optional.empty();
    }
    return Optional.of(
        ExifOrientation.swapsSides(orientation)
            ? new ImageSize(width, height)
            : new ImageSize(height, width));
  }

  private static final class Parser {
    private final byte[] file;
    private int at;
    private int frame = -1; // index of the first byte of the frame segment's content
    private int process;
    private int scanComponents;
    private int orientation = ExifOrientation.UPRIGHT;
    private int adobe = -1;

    Parser(byte[] file, int from) {
      this.file = file;
      at = from + 2;
    }

    Optional<JpegHeader> parse(boolean toEnd) {
      boolean complete = false;
      for (int marker = nextMarker(); marker >= 0; marker = nextMarker()) {
        if (marker == END_OF_IMAGE) {
          complete = true;
          break;
        }
        if (marker == 0x01 || isRestart(marker)) {
          continue;
        }
        int end = at + 2 > file.length ? -1 : at + u16(at);
        if (end < at + 2 || end > file.length) {
          break;
        }
        segment(marker, at + 2, end);
        at = end;
        if (marker == START_OF_SCAN) {
          if (!toEnd) {
            break;
          }
          skipScan();
        }
      }
      return frame < 0 ? Optional.empty() : Optional.of(header(complete));
    }

    /** Reads a marker and advances {@link #at} past it; returns -1 if there is none here. */
    private int nextMarker() {
      if (at >= file.length || file[at] != (byte) 0xFF) {
        return -1;
      }
      while (at < file.length && file[at] == (byte) 0xFF) {
        at++;
      }
      return at < file.length ? file[at++] & 0xFF : -1;
    }

    private void segment(int marker, int from, int to) {
      if (isFrame(marker) && to - from >= 6) {
        frame = from;
        process = marker;
      } else if (marker == START_OF_SCAN && scanComponents == 0 && to > from) {
        scanComponents = file[from] & 0xFF;
      } else if (marker == 0xE1 && begins(EXIF, from, to)) {
        orientation = ExifOrientation.of(file, from + EXIF.length, to);
      } else if (marker == 0xEE && begins(ADOBE, from, to) && to - from >= 12) {
        adobe = file[from + 11] & 0xFF;
      }
    }

    /** Advances to the next marker that is not part of the coded data. */
    private void skipScan() {
      while (at + 1 < file.length
          && (file[at] != (byte) 0xFF
              || file[at + 1] == 0
              || file[at + 1] == (byte) 0xFF
              || isRestart(file[at + 1] & 0xFF))) {
        at++;
      }
    }

    private JpegHeader header(boolean complete) {
      return new JpegHeader(
          process,
          file[frame] & 0xFF,
          u16(frame + 1),
          u16(frame + 3),
          file[frame + 5] & 0xFF,
          scanComponents,
          orientation,
          adobe,
          complete);
    }

    private static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isRestart(int marker) {
      return marker >= 0xD0 && marker <= 0xD7;
    }

    private boolean begins(byte[] expected, int from, int to) {
      return to - from >= expected.length
          && Arrays.equals(file, from, from + expected.length, expected, 0, expected.length);
    }

    private int u16(int position) {
      return (file[position] & 0xFF) << 8 | (file[position + 1] & 0xFF);
    }
  }
}
