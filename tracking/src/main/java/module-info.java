/**
 * Keeps trainings in folders, from which they can be resumed. {@link org.nin4j.tracking.RunFolder}
 * is the entry point.
 */
module org.nin4j.tracking {
  requires java.logging; // what the library logs becomes part of a run's log
  requires transitive java.desktop; // pictures, which ImageIO writes
  requires transitive org.nin4j.core;

  exports org.nin4j.tracking;
  exports org.nin4j.tracking.picture;
  exports org.nin4j.tracking.report;
  exports org.nin4j.tracking.tensorboard;
}
