module consumer {
  requires org.nin4j.core;
}
