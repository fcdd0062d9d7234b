package org.nin4j.train;

import java.util.Locale;
import org.nin4j.data.Preprocessing;

/** How an image of another size is brought to the size of the network's input. */
public enum Resizing {
  /** It is resized to the input's height and width, whatever its aspect ratio. */
  STRETCH {
    @Override
    Preprocessing apply(Preprocessing stretched) {
      return stretched;
    }
  },
  /**
   * Its shorter side is resized to 8/7 of the input's longer side, and the centre is cropped, as
   * torchvision's 256 and 224 pixels for ImageNet.
   */
  CENTER_CROP {
    @Override
    Preprocessing apply(Preprocessing stretched) {
      int longer = Math.max(stretched.height(), stretched.width());
      return stretched.centerCropped((longer * 8 + 6) / 7);
    }
  };

  /** Returns preprocessing that resizes in this way. */
  abstract Preprocessing apply(Preprocessing stretched);

  /** Returns the name that recipes use, such as {@code center-crop}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
