package org.nin4j.cli;

import java.util.function.Function;

/** The output formats of {@code nin inspect}. */
enum DescriptionFormat {
  TEXT(DescriptionText::of),
  JSON(DescriptionJson::of);

  private final Function<DescribedFile, String> renderer;

  DescriptionFormat(Function<DescribedFile, String> renderer) {
    this.renderer = renderer;
  }

  /** Returns a description as text that ends with a line break. */
  String render(DescribedFile file) {
    return renderer.apply(file);
  }
}
