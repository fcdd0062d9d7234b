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

/** The image readers of ImageIO: those of the JDK, and those of plugins for other formats. */
final class ImageReaders {
  private static final Map<ImageKind, ImageReaderSpi> PROVIDERS = find();

  private ImageReaders() {}

  static boolean canRead(ImageKind kind) {
    return PROVIDERS.containsKey(kind);
  }

  /** Creates a reader, which the caller disposes of; empty if no reader supports the format. */
  static Optional<ImageReader> create(ImageKind kind) throws IOException {
    ImageReaderSpi provider = PROVIDERS.get(kind);
    return provider == null ? Optional.empty() : Optional.of(provider.createReaderInstance());
  }

  /** Prefers the JDK's own reader, so that a plugin does not change how a format is decoded. */
  private static Map<ImageKind, ImageReaderSpi> find() {
    Map<ImageKind, ImageReaderSpi> found = new EnumMap<>(ImageKind.class);
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      for (ImageKind kind : ImageKind.values()) {
        if (reads(provider, kind)) {
          found.merge(kind, provider, (one, other) -> isOfJdk(one) ? one : other);
        }
      }
    }
    return found;
  }

  private static boolean reads(ImageReaderSpi provider, ImageKind kind) {
    return Stream.of(provider.getFormatNames())
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(kind.formatName()));
  }

  private static boolean isOfJdk(ImageReaderSpi provider) {
    return provider.getClass().getName().startsWith("com.sun.imageio.");
  }
}
