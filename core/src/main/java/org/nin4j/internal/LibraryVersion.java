package org.nin4j.internal;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** The version with which a class was packaged. */
public final class LibraryVersion {
  private LibraryVersion() {}

  /**
   * Returns the version of the module or the jar that a class is in.
   *
   * @param type any class of the module or jar
   * @return the version in the module's descriptor, or else the implementation version in the jar's
   *     manifest; empty when there is neither, as for classes in a folder on the class path
   */
  public static Optional<String> of(Class<?> type) {
    return Optional.ofNullable(type.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(type.getPackage().getImplementationVersion()));
  }
}
