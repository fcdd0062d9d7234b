/** The command line, {@code nin}. */
module org.nin4j.cli {
  requires info.picocli;
  requires java.desktop; // ImageIO writes what nin data show draws
  requires org.nin4j.core;
  requires org.nin4j.tracking;
  requires org.snakeyaml.engine; // recipes and runs as YAML files

  opens org.nin4j.cli to
      info.picocli;
}
