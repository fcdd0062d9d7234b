package org.nin4j.data;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Java's readers of images: its own, and for formats that it does not know those of plugins. */
final class ImageReaders {
  private static final Map<ImageKind, ImageReaderSpi> PROVIDERS = find();

  private ImageReaders() {}

  static boolean canRead(ImageKind kind) {
    return PROVIDERS.containsKey(kind);
  }

  /** A reader, which belongs to the caller; empty if nothing here reads the format. */
  static Optional<ImageReader> create(ImageKind kind) throws IOException {
    ImageReaderSpi provider = PROVIDERS.get(kind);
    return provider == null ? Optional.empty() : Optional.of(provider.createReaderInstance());
  }

  /** Where there are several for a format, Java's own has read it always and still does. */
  private static Map<ImageKind, ImageReaderSpi> find() {
    Map<ImageKind, ImageReaderSpi> found = new EnumMap<>(ImageKind.class);
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      for (ImageKind kind : ImageKind.values()) {
        if (reads(provider, kind)) {
          found.merge(kind, provider, (one, other) -> isJavas(one) ? one : other);
        }
      }
    }
    return found;
  }

  private static boolean reads(ImageReaderSpi provider, ImageKind kind) {
    return Stream.of(provider.getFormatNames())
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(kind.formatName()));
  }

  private static boolean isJavas(ImageReaderSpi provider) {
    return provider.getClass().getName().startsWith("com.sun.imageio.");
  }
}
