const drawn = [];

function ink(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * A line chart of uPlot's.
 *
 * data: uPlot's aligned arrays, the first of which is x
 * series: [{ label, colour: 1 to 8, faint, dashed, points }] for the other arrays
 * format, tick: functions that make texts of a value in the legend and on the axis
 */
function lineChart(title, description, data, series, { format = value => value.toPrecision(4), tick = compact } = {}) {
  const host = element("div", { role: "img", "aria-label": title + ". " + description });
  const figure = element("figure", { class: "chart" }, element("h3", {}, title), host);
  const axis = () => ({
    stroke: ink("--ink-2"),
    grid: { stroke: ink("--grid"), width: 1 },
    ticks: { stroke: ink("--grid"), width: 1 },
    font: "12px system-ui, sans-serif",
  });
  const lastEpoch = data[0][data[0].length - 1];
  let chart;
  const width = () => Math.max(200, Math.floor(host.clientWidth));
  function draw() {
    if (chart) {
      chart.destroy();
    }
    chart = new uPlot({
      width: width(),
      height: 250,
      scales: { x: { time: false } },
      axes: [
        { ...axis(), label: "epoch", labelSize: 18, labelFont: "12px system-ui, sans-serif", size: 32,
          incrs: lastEpoch >= 3 ? [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] : undefined },
        { ...axis(), size: 58, values: (u, ticks) => ticks.map(tick) },
      ],
      cursor: { drag: { x: true, y: false }, points: { size: 6 } },
      series: [
        { label: "epoch" },
        ...series.map((one, i) => ({
          label: one.label,
          stroke: ink("--s" + one.colour) + (one.faint ? "55" : ""),
          width: one.faint ? 1 : 2,
          dash: one.dashed ? [6, 4] : undefined,
          spanGaps: true,
          points: { show: Boolean(one.points) || isAlone(data[i + 1]), size: 6, fill: ink("--s" + one.colour) },
          value: (u, value) => value === null || value === undefined ? "" : format(value),
        })),
      ],
    }, data, host);
  }
  drawn.push(draw);
  new ResizeObserver(() => {
    if (chart && Math.abs(chart.width - width()) > 1) {
      chart.setSize({ width: width(), height: 250 });
    }
  }).observe(host);
  return figure;
}

/** Whether there is only one value, of which no line can be drawn. */
function isAlone(values) {
  return values.filter(value => value !== null && value !== undefined).length === 1;
}

/** The text at a tick of an axis. */
function compact(value) {
  if (value === null || value === undefined) {
    return "";
  }
  return value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)
    ? value.toExponential(0)
    : String(+value.toPrecision(6));
}

/** Draws all charts, once they are in the page, and again whenever the colours change. */
function drawCharts() {
  const all = () => drawn.forEach(draw => draw());
  all();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
  addEventListener("beforeprint", () => {
    document.documentElement.classList.add("printing");
    all();
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing");
    all();
  });
}

/** What a curve does, for those who cannot see it. */
function course(values, format) {
  const present = values.filter(value => value !== null && value !== undefined);
  return present.length === 0
    ? "no values"
    : "from " + format(present[0]) + " to " + format(present[present.length - 1]);
}
