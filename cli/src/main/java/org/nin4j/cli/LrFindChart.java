package org.nin4j.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nin4j.train.LearningRateCurve;
import org.nin4j.train.LearningRateCurve.Point;

/** A picture of the loss over the learning rate, with the suggestion as a vertical line. */
final class LrFindChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;

  /** Higher losses, as multiples of the lowest smoothed one, are cut off. */
  private static final double HIGHEST = 4;

  private static final Color INK = new Color(0x23272e);
  private static final Color GRID = new Color(0xd8d4ca);
  private static final Color LOSS = new Color(0xa9b1bb);
  private static final Color SMOOTHED = new Color(0x1f4e85);
  private static final Color SUGGESTION = new Color(0xa8580f);

  private final List<Point> points;
  private final OptionalDouble suggestion;

  LrFindChart(LearningRateCurve curve) {
    points = curve.points();
    suggestion = curve.suggestion();
  }

  BufferedImage draw() {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle("Learning rate range test");
    chart.setXAxisTitle("learning rate (logarithmic)");
    chart.setYAxisTitle("training loss");
    double lowest = points.stream().mapToDouble(Point::loss).min().orElse(0);
    double highest = points.stream().mapToDouble(Point::loss).max().orElse(1);
    double best = points.stream().mapToDouble(Point::smoothedLoss).min().orElse(1);
    double margin = 0.05 * (Math.min(highest, HIGHEST * best) - lowest);
    double bottom = lowest - margin;
    double top = Math.min(highest, HIGHEST * best) + margin;
    style(chart.getStyler(), bottom, top);
    double[] rates = values(Point::rate);
    line(chart, "loss of each step", rates, values(Point::loss), LOSS, 1.2f);
    line(chart, "smoothed loss", rates, values(Point::smoothedLoss), SMOOTHED, 2.5f);
    suggestion.ifPresent(
        rate ->
            line(
                chart,
                "suggestion: " + LrFindReport.rounded(rate),
                new double[] {rate, rate},
                new double[] {bottom, top},
                SUGGESTION,
                2));
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    chart.paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    return picture;
  }

  private double[] values(ToDoubleFunction<Point> value) {
    return points.stream().mapToDouble(value).toArray();
  }

  private static void line(
      XYChart chart, String name, double[] x, double[] y, Color color, float width) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  private static void style(XYStyler styler, double bottom, double top) {
    styler
        .setXAxisLogarithmic(true)
        .setYAxisMin(bottom)
        .setYAxisMax(top)
        .setAxisTitleFont(font(Font.PLAIN, 15))
        .setAxisTickLabelsFont(font(Font.PLAIN, 13))
        .setAxisTickLabelsColor(INK)
        .setPlotGridLinesColor(GRID)
        .setLocale(Locale.ROOT)
        .setPlotBorderVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(INK)
        .setChartTitleFont(font(Font.BOLD, 18))
        .setChartTitleBoxVisible(false)
        .setLegendPosition(LegendPosition.InsideNW)
        .setLegendFont(font(Font.PLAIN, 14))
        .setLegendBorderColor(GRID);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
