/** The command line, {@code nin}. */
@SuppressWarnings("requires-automatic") // XChart has no module descriptor
module org.nin4j.cli {
  requires info.picocli;
  requires java.desktop; // pictures
  requires java.logging; // for the server's log
  requires org.knowm.xchart;
  requires org.nin4j.core;
  requires org.nin4j.interchange; // model files of other formats
  requires org.nin4j.server;
  requires org.nin4j.tracking;
  requires org.snakeyaml.engine; // recipes and runs as YAML files

  opens org.nin4j.cli to
      info.picocli;
}
