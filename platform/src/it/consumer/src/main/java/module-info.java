module consumer {
  requires java.desktop;
  requires java.net.http;
  requires org.nin4j.core;
  requires org.nin4j.server;
}
