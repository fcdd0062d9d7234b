package org.nin4j.server.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageRegion;
import org.nin4j.explain.CellGrid;
import org.nin4j.explain.ClassMaps;
import org.nin4j.explain.Explainer;
import org.nin4j.explain.HeatMap;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.io.Model;

/**
 * Class maps, and where they lie on their image.
 *
 * @param region the part of the image that the network saw, in pixels of the image
 * @param grid where the cells of each map lie in the network's input
 * @param maps one for each class that was asked for
 */
record MapsOfImage(ImageRegion region, CellGrid grid, List<LabelledMap> maps) {
  /**
   * The map of a class.
   *
   * @param label the name of the class
   * @param index its place among the model's classes, from 0
   * @param rows the evidence for the class where it is above 0, and against it where it is below 0
   */
  record LabelledMap(String label, int index, List<List<Float>> rows) {}

  /**
   * Computes class maps.
   *
   * @param indexes of the classes
   * @return the maps; empty for a model without class maps
   */
  static Optional<MapsOfImage> of(Explainer explainer, DecodedImage image, List<Integer> indexes) {
    Model model = explainer.model();
    return explainer
        .classMaps(image)
        .map(
            maps ->
                new MapsOfImage(
                    ImageRegion.of(model.preprocessing(), image),
                    maps.grid(),
                    indexes.stream().map(each -> map(model, maps, each)).toList()));
  }

  private static LabelledMap map(Model model, ClassMaps maps, int index) {
    return new LabelledMap(model.classes().get(index), index, rows(maps.beforeRelu(index)));
  }

  private static List<List<Float>> rows(HeatMap map) {
    List<List<Float>> rows = new ArrayList<>();
    for (int y = 0; y < map.height(); y++) {
      List<Float> row = new ArrayList<>();
      for (int x = 0; x < map.width(); x++) {
        row.add(map.at(y, x));
      }
      rows.add(row);
    }
    return rows;
  }

  void write(JsonWriter json) {
    json.object(
        "region",
        object -> {
          object.number("top", region.top());
          object.number("left", region.left());
          object.number("height", region.height());
          object.number("width", region.width());
        });
    double scaleY = region.height() / grid.rows().pixels();
    double scaleX = region.width() / grid.columns().pixels();
    json.object(
        "grid",
        object -> {
          object.number("height", grid.height());
          object.number("width", grid.width());
          object.number("first_y", region.top() + (grid.rows().first() + 0.5) * scaleY);
          object.number("first_x", region.left() + (grid.columns().first() + 0.5) * scaleX);
          object.number("step_y", grid.rows().step() * scaleY);
          object.number("step_x", grid.columns().step() * scaleX);
        });
    json.objects(
        "class_maps",
        maps,
        (object, map) -> {
          object.text("label", map.label());
          object.number("index", map.index());
          object.numberRows("rows", map.rows());
        });
  }
}
