/**
 * Model files of other formats. There is nothing to call here but what reads and writes NumPy's
 * arrays: {@link org.nin4j.io.Models} finds the formats when this module is present.
 */
@SuppressWarnings("requires-automatic") // neither protobuf nor Tribuo has a module descriptor
module org.nin4j.interchange {
  requires com.google.protobuf;
  requires org.tribuo.util.onnx; // the classes of ONNX's messages
  requires transitive org.nin4j.core;

  exports org.nin4j.interchange.numpy;

  provides org.nin4j.io.ModelImporter with
      org.nin4j.interchange.pytorch.PyTorchFormat,
      org.nin4j.interchange.numpy.NumpyFormat,
      org.nin4j.interchange.onnx.OnnxFormat,
      org.nin4j.interchange.caffe.CaffeFormat;
  provides org.nin4j.io.ModelExporter with
      org.nin4j.interchange.pytorch.PyTorchFormat,
      org.nin4j.interchange.numpy.NumpyFormat,
      org.nin4j.interchange.onnx.OnnxFormat;
}
