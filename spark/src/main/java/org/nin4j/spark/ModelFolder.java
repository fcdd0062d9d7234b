package org.nin4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.ReadWriteUtils$;
import org.apache.spark.sql.SparkSession;

/** The folder of a saved model, on any Hadoop file system. */
final class ModelFolder {
  private static final String MODEL = "model.safetensors";
  private static final String METADATA = "metadata"; // as MLlib calls it

  private final FileSystem files;
  private final Path folder;

  /**
   * @throws IOException when there is no such file system
   */
  ModelFolder(SparkSession spark, String folder) throws IOException {
    this.folder = new Path(folder);
    files = fileSystem(spark, this.folder);
  }

  /** Spark Connect keeps models on the server's own disk, whatever its default file system is. */
  private static FileSystem fileSystem(SparkSession spark, Path path) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    if ((Boolean) ReadWriteUtils$.MODULE$.localSavingModeState().get()) {
      return FileSystem.getLocal(hadoop);
    }
    try {
      return path.getFileSystem(hadoop);
    } catch (IOException e) {
      throw new IOException(path + ": its file system cannot be used (" + FirstLine.of(e) + ")", e);
    }
  }

  /** Whether MLlib has saved anything there. */
  boolean hasMetadata() throws IOException {
    return files.exists(new Path(folder, METADATA));
  }

  /** Writes the model file. */
  void write(SavedModel model) throws IOException {
    try (OutputStream out = files.create(new Path(folder, MODEL), true)) {
      out.write(model.file());
    }
  }

  /**
   * Reads the model file.
   *
   * @throws IOException when it is missing or damaged
   */
  SavedModel read() throws IOException {
    return read(files, new Path(folder, MODEL));
  }

  /**
   * Reads any model file.
   *
   * @throws IOException when it is missing or damaged
   */
  static SavedModel read(SparkSession spark, String file) throws IOException {
    Path path = new Path(file);
    return read(fileSystem(spark, path), path);
  }

  private static SavedModel read(FileSystem files, Path path) throws IOException {
    if (!files.exists(path)) {
      throw new IOException(path + ": there is no such file");
    }
    try (InputStream in = files.open(path)) {
      return SavedModel.of(in.readAllBytes(), path.toString());
    }
  }
}
