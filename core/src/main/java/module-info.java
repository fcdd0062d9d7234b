/**
 * Network in Network on the JVM: describe a network, train it on images, quantize it, classify
 * images with it. {@link org.nin4j.Classifier} and {@link org.nin4j.Engines} are where to begin.
 */
@SuppressWarnings("module") // the modules named below are compiled after this one
module org.nin4j.core {
  requires com.fasterxml.jackson.core;
  requires com.sun.jna;
  requires transitive java.desktop; // pictures; ImageIO reads image files and finds plugins itself
  requires org.bytedeco.dnnl;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.opencl; // named by annotations of org.bytedeco.dnnl

  exports org.nin4j;
  exports org.nin4j.data;
  exports org.nin4j.engine;
  exports org.nin4j.error;
  exports org.nin4j.evaluate;
  exports org.nin4j.explain;
  exports org.nin4j.io;
  exports org.nin4j.nn;
  exports org.nin4j.nn.report;
  exports org.nin4j.quantize;
  exports org.nin4j.train;
  exports org.nin4j.train.schedule;

  uses org.nin4j.io.ModelExporter;
  uses org.nin4j.io.ModelImporter;

  exports org.nin4j.internal to
      org.nin4j.cli,
      org.nin4j.interchange,
      org.nin4j.server,
      org.nin4j.tracking;
  exports org.nin4j.internal.json to
      org.nin4j.cli,
      org.nin4j.interchange,
      org.nin4j.server,
      org.nin4j.tracking;
}
