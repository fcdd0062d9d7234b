package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageFiles;

class ImageColumnTest {
  private static final StructType STRUCTS = ImageSchema.imageSchema();
  private static final StructType FILES =
      new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);

  @ParameterizedTest
  @CsvSource({
    BufferedImage.TYPE_3BYTE_BGR + ",1", BufferedImage.TYPE_3BYTE_BGR + ",3",
    BufferedImage.TYPE_4BYTE_ABGR + ",1", BufferedImage.TYPE_4BYTE_ABGR + ",3",
    BufferedImage.TYPE_BYTE_GRAY + ",1", BufferedImage.TYPE_BYTE_GRAY + ",3",
    BufferedImage.TYPE_BYTE_INDEXED + ",1", BufferedImage.TYPE_BYTE_INDEXED + ",3",
    BufferedImage.TYPE_BYTE_BINARY + ",1", BufferedImage.TYPE_BYTE_BINARY + ",3"
  })
  void aStructAndTheBytesOfItsFileHaveThePixelsThatAreReadFromTheFile(int type, int channels)
      throws Exception {
    byte[] png = Pictures.png(type, 5, 7, 1);
    DecodedImage expected = ImageFiles.read(new ByteArrayInputStream(png), channels);
    for (DecodedImage image :
        new DecodedImage[] {
          ImageColumn.of(STRUCTS, "image")
              .decode(RowFactory.create(Pictures.struct("a", png)), channels),
          ImageColumn.of(FILES, "content").decode(RowFactory.create("a", png), channels)
        }) {
      assertEquals(channels, image.channels());
      assertEquals(5, image.height());
      assertEquals(7, image.width());
      assertArrayEquals(expected.pixels(), image.pixels());
    }
  }

  @Test
  void theSamplesOfAStructAreBlueGreenAndRed() throws Exception {
    Row red = RowFactory.create(RowFactory.create("", 1, 1, 3, 16, new byte[] {1, 2, 3}));
    assertArrayEquals(
        new byte[] {3, 2, 1}, ImageColumn.of(STRUCTS, "image").decode(red, 3).pixels());
  }

  @Test
  void fieldsOfAStructAreFoundByTheirNames() throws Exception {
    StructType other =
        new StructType()
            .add("data", DataTypes.BinaryType)
            .add("mode", DataTypes.IntegerType)
            .add("nChannels", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType)
            .add("height", DataTypes.IntegerType)
            .add("origin", DataTypes.StringType);
    Row row = RowFactory.create(RowFactory.create(new byte[] {4, 5}, 0, 1, 2, 1, "a"));
    DecodedImage image = ImageColumn.of(new StructType().add("i", other), "i").decode(row, 1);
    assertEquals(2, image.width());
    assertArrayEquals(new byte[] {4, 5}, image.pixels());
  }

  static Stream<Arguments> defects() {
    byte[] six = new byte[6];
    return Stream.of(
        Arguments.of("is null", null),
        Arguments.of(
            "of f has 5 bytes, which are not 1 rows of 2 pixels of 3 bytes",
            RowFactory.create("f", 1, 2, 3, 16, new byte[5])),
        Arguments.of(
            "of f has 6 bytes, which are not 3 rows of 1 pixels of 1 byte",
            RowFactory.create("f", 3, 1, 1, 0, six)),
        Arguments.of(
            "has 6 bytes, which are not -1 rows of -2 pixels of 3 bytes",
            RowFactory.create(null, -1, -2, 3, 16, six)),
        Arguments.of(
            "has 6 bytes, which are not 65536 rows of 65536 pixels of 1 byte",
            RowFactory.create(null, 65536, 65536, 1, 0, six)),
        Arguments.of(
            "of f could not be decoded by Spark (its mode is -1)",
            RowFactory.create("f", -1, -1, -1, -1, new byte[0])),
        Arguments.of(
            "of f has mode 21, which is none of 0 (CV_8UC1), 16 (CV_8UC3) and 24 (CV_8UC4)",
            RowFactory.create("f", 1, 1, 3, 21, new byte[24])),
        Arguments.of(
            "of f has nChannels 3, which does not fit mode 0",
            RowFactory.create("f", 1, 2, 3, 0, six)),
        Arguments.of("of f has no data", RowFactory.create("f", 1, 2, 3, 16, null)));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void whatIsWrongWithAStructIsSaid(String expected, Row struct) {
    ImageColumn column = ImageColumn.of(STRUCTS, "image");
    assertEquals(
        "the image in column 'image' " + expected,
        message(column, RowFactory.create(new Object[] {struct})));
  }

  @Test
  void whatIsWrongWithAFileIsSaid() {
    byte[] jpeg = Pictures.jpeg(20, 30, 1);
    ImageColumn column = ImageColumn.of(FILES, "content");
    assertEquals(
        "the image in column 'content' is null", message(column, RowFactory.create(null, null)));
    assertEquals(
        "the image in column 'content' of x.jpg is empty",
        message(column, RowFactory.create("x.jpg", new byte[0])));
    String damaged =
        message(column, RowFactory.create("x.jpg", Arrays.copyOf(jpeg, jpeg.length / 2)));
    assertEquals(
        "the image in column 'content' of x.jpg is damaged or truncated",
        damaged.replaceFirst(" \\(.*", ""));
  }

  private static String message(ImageColumn column, Row row) {
    return assertThrows(InvalidImageException.class, () -> column.decode(row, 3)).getMessage();
  }

  @Test
  void aColumnOfAnotherTypeIsRefused() {
    StructType schema =
        new StructType()
            .add("path", DataTypes.StringType)
            .add("size", new StructType().add("height", DataTypes.IntegerType));
    assertEquals(
        "inputCol is 'image', but there is no such column; there are: path, size",
        refusal(schema, "image"));
    String expected =
        ", which must be Spark's image struct (struct<origin:string,height:int,width:int,"
            + "nChannels:int,mode:int,data:binary>) or binary (the bytes of image files), but is ";
    assertEquals("inputCol is 'path'" + expected + "string", refusal(schema, "path"));
    assertEquals("inputCol is 'size'" + expected + "struct<height:int>", refusal(schema, "size"));
  }

  private static String refusal(StructType schema, String name) {
    return assertThrows(IllegalArgumentException.class, () -> ImageColumn.of(schema, name))
        .getMessage();
  }
}
