package org.nin4j.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nin4j.data.AlternatingFlip;
import org.nin4j.data.Augmentation;
import org.nin4j.data.ColorJitter;
import org.nin4j.data.Cutout;
import org.nin4j.data.ImageSize;
import org.nin4j.data.RandomAffine;
import org.nin4j.data.RandomCrop;
import org.nin4j.data.RandomCrop.PaddingMode;
import org.nin4j.data.RandomErasing;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.data.RandomResizedCrop;
import org.nin4j.data.Range;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;

/** The JSON form of an augmentation: an object with its type and the record's components. */
final class AugmentationJson {
  /** The fields of each type, without {@code type}. */
  private static final Map<String, List<String>> FIELDS =
      new TreeMap<>(
          Map.of(
              "AlternatingFlip", List.of(),
              "ColorJitter", List.of("brightness", "contrast", "saturation"),
              "Cutout", List.of("size"),
              "RandomAffine", List.of("degrees", "translate", "scale"),
              "RandomCrop", List.of("height", "width", "padding", "padding_mode"),
              "RandomErasing", List.of("p", "area", "ratio"),
              "RandomHorizontalFlip", List.of("p"),
              "RandomResizedCrop", List.of("area", "ratio")));

  private AugmentationJson() {}

  static void write(JsonWriter json, Augmentation augmentation) {
    json.text("type", augmentation.getClass().getSimpleName());
    if (augmentation instanceof ColorJitter jitter) {
      json.number("brightness", jitter.brightness());
      json.number("contrast", jitter.contrast());
      json.number("saturation", jitter.saturation());
    } else if (augmentation instanceof Cutout cutout) {
      json.number("size", cutout.size());
    } else if (augmentation instanceof RandomAffine affine) {
      json.number("degrees", affine.degrees());
      json.number("translate", affine.translate());
      write(json, "scale", affine.scale());
    } else if (augmentation instanceof RandomCrop crop) {
      crop.size().ifPresent(size -> json.number("height", size.height()));
      crop.size().ifPresent(size -> json.number("width", size.width()));
      json.number("padding", crop.padding());
      json.text("padding_mode", crop.mode().toString());
    } else if (augmentation instanceof RandomErasing erasing) {
      json.number("p", erasing.p());
      write(json, "area", erasing.area());
      write(json, "ratio", erasing.ratio());
    } else if (augmentation instanceof RandomHorizontalFlip flip) {
      json.number("p", flip.p());
    } else if (augmentation instanceof RandomResizedCrop crop) {
      write(json, "area", crop.area());
      write(json, "ratio", crop.ratio());
    }
  }

  static Augmentation read(JsonObject json) {
    return switch (json.type("augmentation", FIELDS)) {
      case "AlternatingFlip" -> new AlternatingFlip();
      case "ColorJitter" ->
          new ColorJitter(
              json.doubleNumber("brightness"),
              json.doubleNumber("contrast"),
              json.doubleNumber("saturation"));
      case "Cutout" -> new Cutout(json.intNumber("size"));
      case "RandomAffine" ->
          new RandomAffine(
              json.doubleNumber("degrees"), json.doubleNumber("translate"), range(json, "scale"));
      case "RandomCrop" ->
          new RandomCrop(
              size(json),
              json.intNumber("padding"),
              json.choice("padding_mode", PaddingMode.class));
      case "RandomErasing" ->
          new RandomErasing(json.doubleNumber("p"), range(json, "area"), range(json, "ratio"));
      case "RandomHorizontalFlip" -> new RandomHorizontalFlip(json.doubleNumber("p"));
      case "RandomResizedCrop" -> new RandomResizedCrop(range(json, "area"), range(json, "ratio"));
      default -> throw new AssertionError(json.text("type"));
    };
  }

  private static Optional<ImageSize> size(JsonObject json) {
    return json.has("height") || json.has("width")
        ? Optional.of(new ImageSize(json.intNumber("height"), json.intNumber("width")))
        : Optional.empty();
  }

  private static void write(JsonWriter json, String name, Range range) {
    json.numbers(name, List.of(range.min(), range.max()));
  }

  private static Range range(JsonObject json, String name) {
    List<Double> limits = json.doubleNumbers(name);
    if (limits.size() != 2) {
      throw json.defect(name, " must be two numbers, but is " + limits);
    }
    return new Range(limits.get(0), limits.get(1));
  }
}
