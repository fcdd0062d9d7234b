package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.io.PretrainedModels;

class ModelPersistenceTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final Model MODEL = PretrainedModels.named("nin-small-cifar10");

  @TempDir Path folder;

  private static List<Vector> probabilities(Transformer model, SparkSession session) {
    List<Row> rows =
        IntStream.range(0, 4)
            .mapToObj(i -> Pictures.png(BufferedImage.TYPE_3BYTE_BGR, 32, 32, i))
            .map(png -> RowFactory.create(Pictures.struct("", png)))
            .toList();
    Dataset<Row> images = session.createDataFrame(rows, ImageSchema.imageSchema());
    return model.transform(images).select("probability").collectAsList().stream()
        .map(row -> row.<Vector>getAs(0))
        .toList();
  }

  @Test
  void aModelThatIsLoadedInANewSessionComputesTheSame() throws IOException {
    NinClassificationModel model =
        NinClassificationModel.of(MODEL).setHandleInvalid("keep").setPredictionCol("class");
    String path = folder.resolve("model").toString();
    model.save(path);
    SparkSession later = SPARK.newSession();
    NinClassificationModel loaded = NinClassificationModel.read().session(later).load(path);
    assertEquals(model.uid(), loaded.uid());
    assertEquals("keep", loaded.getHandleInvalid());
    assertEquals("class", loaded.getPredictionCol());
    assertEquals(probabilities(model, SPARK), probabilities(loaded, later));
  }

  @Test
  void theModelFileIsKeptByteForByte() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Models.write(file, MODEL);
    NinClassificationModel.fromFile(file.toString()).save(folder.resolve("model").toString());
    Path saved = folder.resolve("model/model.safetensors");
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(saved));
    NinClassificationModel.load(folder.resolve("model").toString())
        .save(folder.resolve("again").toString());
    assertArrayEquals(
        Files.readAllBytes(file), Files.readAllBytes(folder.resolve("again/model.safetensors")));
    NinClassificationModel.of(MODEL).save(folder.resolve("of").toString());
    assertArrayEquals(
        Files.readAllBytes(file), Files.readAllBytes(folder.resolve("of/model.safetensors")));
  }

  @Test
  void aModelIsPartOfASavedPipeline() throws IOException {
    NinClassificationModel model = NinClassificationModel.of(MODEL);
    PipelineModel pipeline =
        new Pipeline()
            .setStages(new PipelineStage[] {model})
            .fit(SPARK.createDataFrame(List.of(), ImageSchema.imageSchema()));
    String path = folder.resolve("pipeline").toString();
    pipeline.write().overwrite().save(path);
    assertEquals(probabilities(model, SPARK), probabilities(PipelineModel.load(path), SPARK));
  }

  @Test
  void aModelIsSavedOnAnyHadoopFileSystem() throws IOException {
    OtherFileSystem.register(SPARK.sparkContext().hadoopConfiguration());
    NinClassificationModel model = NinClassificationModel.of(MODEL);
    String path = OtherFileSystem.SCHEME + "://" + folder.resolve("model");
    model.save(path);
    NinClassificationModel loaded = NinClassificationModel.load(path);
    assertEquals(probabilities(model, SPARK), probabilities(loaded, SPARK));
    NinClassificationModel other = NinClassificationModel.fromFile(path + "/model.safetensors");
    assertEquals(model.classNames(), other.classNames());
  }

  /** As Spark Connect's server does with models that are not in use. */
  @Test
  void aModelIsSavedOnTheDiskOfTheServer() throws IOException {
    NinClassificationModel model = NinClassificationModel.of(MODEL).setInputCol("picture");
    String path = folder.resolve("local").toString();
    model.write().saveToLocal(path);
    assertTrue(Files.exists(folder.resolve("local/model.safetensors")));
    assertEquals("picture", NinClassificationModel.read().loadFromLocal(path).getInputCol());
  }

  /** Spark Connect makes operators by their class and this constructor. */
  @Test
  void connectFindsTheModel() throws ReflectiveOperationException {
    Class<? extends Transformer> type =
        ServiceLoader.load(Transformer.class).stream()
            .map(ServiceLoader.Provider::type)
            .filter(each -> each.getName().equals("org.nin4j.spark.NinClassificationModel"))
            .findFirst()
            .orElseThrow();
    assertEquals("m", type.getConstructor(String.class).newInstance("m").uid());
  }

  @Test
  void aFolderIsReplacedOnlyWhenThatIsAskedFor() throws IOException {
    NinClassificationModel model = NinClassificationModel.of(MODEL);
    String path = folder.resolve("model").toString();
    model.save(path);
    assertTrue(
        assertThrows(IOException.class, () -> model.save(path))
            .getMessage()
            .contains("already exists"));
    model.setInputCol("picture").write().overwrite().save(path);
    assertEquals("picture", NinClassificationModel.load(path).getInputCol());
  }

  @Test
  void aMissingFolderOrFileIsNamed() throws IOException {
    String path = folder.resolve("model").toString();
    assertEquals(path + ": there is no saved model (no folder metadata in it)", failure(path));
    NinClassificationModel.of(MODEL).save(path);
    Files.delete(folder.resolve("model/model.safetensors"));
    assertEquals(path + "/model.safetensors: there is no such file", failure(path));
    assertTrue(
        assertThrows(UncheckedIOException.class, () -> NinClassificationModel.fromFile("no://a/b"))
            .getMessage()
            .startsWith("no://a/b: its file system cannot be used ("));
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    String path = folder.resolve("model").toString();
    NinClassificationModel.of(MODEL).save(path);
    Path file = folder.resolve("model/model.safetensors");
    Files.delete(folder.resolve("model/.model.safetensors.crc")); // else Hadoop would find it
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - 7));
    assertTrue(failure(path).startsWith(file + ": "), () -> failure(path));
    byte[] flipped = content.clone();
    flipped[content.length / 2] ^= 1;
    Files.write(file, flipped);
    assertTrue(failure(path).startsWith(file + ": "), () -> failure(path));
    Files.write(file, content);
    try (Stream<Path> parts = Files.list(folder.resolve("model/metadata"))) {
      for (Path part : parts.toList()) {
        if (part.getFileName().toString().startsWith("part-")) {
          Files.writeString(part, "{\"class\":");
        } else if (part.getFileName().toString().startsWith(".part-")) {
          Files.delete(part);
        }
      }
    }
    assertTrue(failure(path).startsWith(path + "/metadata: is damaged ("), () -> failure(path));
  }

  @Test
  void aFolderOfAnotherClassIsRefused() throws IOException {
    String path = folder.resolve("indexer").toString();
    new StringIndexerModel(new String[] {"a"}).save(path);
    assertEquals(
        path
            + ": holds a org.apache.spark.ml.feature.StringIndexerModel, not a"
            + " org.nin4j.spark.NinClassificationModel",
        assertThrows(IllegalArgumentException.class, () -> NinClassificationModel.load(path))
            .getMessage());
  }

  private static String failure(String path) {
    return assertThrows(UncheckedIOException.class, () -> NinClassificationModel.load(path))
        .getMessage();
  }
}
