/** Keeps trainings: {@link org.nin4j.tracking.RunFolder} is where to begin. */
module org.nin4j.tracking {
  requires transitive org.nin4j.core;

  exports org.nin4j.tracking;
}
