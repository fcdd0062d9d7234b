package org.nin4j.bench.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Results;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;

/**
 * Images per second at the full size and batch 64: a bar for each contender, training and inference
 * side by side, each with a linear axis that begins at 0.
 */
final class ResultsChart {
  private static final int BATCH = 64;
  private static final int WIDTH = 800;
  private static final int HEIGHT = 330;
  private static final int TITLE = 32;
  private static final int SUBTITLE = 60;
  private static final int INDENT = 14;
  private static final int MARGIN = 10;
  private static final int PANEL_WIDTH = 262;
  private static final int LONGEST_LINE = 25;

  private static final Color INK = new Color(0x23272e);
  private static final Color GREY = new Color(0x5b6470);
  private static final Color GRID = new Color(0xd8d4ca);

  private final Measured measured;
  private final List<Contender> contenders;

  ResultsChart(Results results) {
    this.measured = new Measured(results);
    this.contenders =
        Stream.of(Contender.values())
            .filter(c -> Stream.of(Work.values()).anyMatch(work -> speed(work, c) > 0))
            .toList();
  }

  private double speed(Work work, Contender contender) {
    return measured.speed(Measured.atFullSize(work, BATCH), contender).orElse(0.0);
  }

  String svg() {
    SvgDrawing drawing = new SvgDrawing(WIDTH, HEIGHT, title(), description());
    Graphics2D graphics = drawing.graphics();
    write(graphics, title(), MARGIN, TITLE, font(Font.BOLD, 16));
    List<Work> works = Stream.of(Work.values()).filter(this::isMeasured).toList();
    int left = MARGIN;
    for (int i = 0; i < works.size(); i++) {
      boolean last = i == works.size() - 1;
      int width = last ? WIDTH - MARGIN - left : PANEL_WIDTH;
      write(graphics, name(works.get(i)), left, SUBTITLE, font(Font.PLAIN, 13));
      AffineTransform whole = graphics.getTransform();
      graphics.translate(left, SUBTITLE);
      int height = HEIGHT - SUBTITLE - MARGIN;
      panel(works.get(i), width, height, last).paint(graphics, width, height);
      graphics.setTransform(whole);
      left += width;
    }
    if (works.isEmpty()) {
      write(graphics, "not measured", MARGIN, SUBTITLE, font(Font.PLAIN, 13));
    }
    return drawing.text();
  }

  private boolean isMeasured(Work work) {
    return Stream.of(Contender.values()).anyMatch(contender -> speed(work, contender) > 0);
  }

  private static void write(Graphics2D graphics, String text, int left, int base, Font font) {
    graphics.setColor(INK);
    graphics.setFont(font);
    graphics.drawString(text, left + INDENT, base);
  }

  private static String title() {
    Task task = Measured.atFullSize(Work.TRAINING, BATCH);
    return SpeedTables.shape(task) + ", batch " + BATCH + ": images per second";
  }

  /** A description for screen readers. */
  private String description() {
    List<String> bars = new ArrayList<>();
    for (Work work : Work.values()) {
      for (Contender contender : contenders) {
        double speed = speed(work, contender);
        if (speed > 0) {
          bars.add(name(work) + ", " + contender.title() + ": " + Numbers.amount(speed));
        }
      }
    }
    return String.join("; ", bars);
  }

  /** The last panel has the legend, and so a row for every contender. */
  private CategoryChart panel(Work work, int width, int height, boolean last) {
    CategoryChart chart = new CategoryChart(width, height);
    List<Contender> shown =
        last ? contenders : contenders.stream().filter(c -> speed(work, c) > 0).toList();
    double highest = shown.stream().mapToDouble(c -> speed(work, c)).max().orElseThrow();
    style(chart.getStyler(), highest, last);
    List<String> places = shown.stream().map(Contender::title).toList();
    for (int index = 0; index < shown.size(); index++) {
      Contender contender = shown.get(index);
      double speed = speed(work, contender);
      List<Double> bars = new ArrayList<>(Collections.nCopies(shown.size(), null));
      bars.set(index, speed);
      chart.addSeries(lines(contender.title()), places, bars).setFillColor(color(contender));
      if (speed > 0) {
        // The centre of a bar is half a unit to the left of its index, counted from 1.
        chart.addAnnotation(
            new AnnotationText(Numbers.amount(speed), index + 0.5, speed + 0.035 * highest, false));
      }
    }
    return chart;
  }

  private static void style(CategoryStyler styler, double highest, boolean legend) {
    Color none = new Color(0, 0, 0, 0);
    styler
        .setOverlapped(true)
        .setAvailableSpaceFill(0.8)
        .setYAxisMin(0.0)
        .setYAxisMax(1.1 * highest)
        .setYAxisDecimalPattern("#,##0")
        .setXAxisTicksVisible(false)
        .setAxisTickLabelsFont(font(Font.PLAIN, 11))
        .setAxisTickLabelsColor(GREY)
        .setAxisTicksLineVisible(false)
        .setAxisTicksMarksVisible(false)
        .setPlotGridVerticalLinesVisible(false)
        .setPlotGridLinesColor(GRID)
        .setPlotMargin(0)
        .setLocale(Locale.ROOT)
        .setPlotBackgroundColor(none)
        .setPlotBorderVisible(false)
        .setChartBackgroundColor(none)
        .setChartFontColor(INK)
        .setChartTitleVisible(false)
        .setAnnotationTextFont(font(Font.PLAIN, 11))
        .setAnnotationTextFontColor(INK)
        .setLegendVisible(legend)
        .setLegendPosition(LegendPosition.OutsideE)
        .setLegendFont(font(Font.PLAIN, 12))
        .setLegendBackgroundColor(none)
        .setLegendBorderColor(none);
  }

  /** Blue is NiN4J, orange PyTorch, and the darker the wider its numbers. */
  private static Color color(Contender contender) {
    return switch (contender) {
      case NIN4J_FP32 -> new Color(0x1f4e85);
      case NIN4J_BF16 -> new Color(0x2f7fd0);
      case NIN4J_INT8 -> new Color(0x86b8ea);
      case PYTORCH_DJL -> new Color(0xa8580f);
      case PYTORCH_FP32 -> new Color(0xe0912f);
      case PYTORCH_BF16 -> new Color(0xf2c48a);
      case ONNX_RUNTIME -> new Color(0x8a929c);
    };
  }

  /** A long title continues on a second line after its last comma. */
  private static String lines(String title) {
    int comma = title.lastIndexOf(", ");
    return title.length() <= LONGEST_LINE || comma < 0
        ? title
        : title.substring(0, comma + 1) + "\n" + title.substring(comma + 2);
  }

  private static String name(Work work) {
    return work.name().toLowerCase(Locale.ROOT);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
