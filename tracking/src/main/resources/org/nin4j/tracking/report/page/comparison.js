const data = JSON.parse(document.getElementById("data").textContent);
const runs = data.runs;

/** A column for each run, with the colour of its curves; of numbers or of texts. */
function runColumns(number) {
  return runs.map((run, i) => ({ title: element("span", {}, keyOf(i), named(run.name)), number }));
}

function keyOf(run) {
  const key = element("span", { class: "key", "aria-hidden": "true" });
  key.style.setProperty("background", "var(--s" + colourOf(run) + ")");
  return key;
}

function colourOf(run) {
  return run % 8 + 1;
}

const columns = data.columns.map((title, column) => ({ title, column, number: true }))
  .filter(({ column }) => runs.some(run => run.results[column].show !== "–"));
section("results", "Results",
  table("Results", [{ title: "Run" }, ...columns],
    runs.map((run, i) => [{ value: run.name, show: element("span", {}, keyOf(i), named(run.name)) },
      ...columns.map(({ column }) => run.results[column]).map(({ value, show }) => ({ value: value ?? show, show }))]),
    { sortable: true }));

section("curves", "Curves", element("div", { class: "charts" }, ...overlays()));

section("settings", "Settings that differ",
  data.settings.length
    ? table("Settings that differ", [{ title: "Setting" }, ...runColumns(false)],
      data.settings.map(([key, ...values]) => [element("code", {}, named(key)), ...values]))
    : paragraph("The runs have the same settings.", "note"));

section("classes", "Classes",
  data.classes.length
    ? table("F1 of each class", [{ title: "Class" }, ...runColumns(true), { title: "Spread", number: true }],
      data.classes.map(({ name, f1: figures }) => {
        const f1 = figures.map(each => each.value ?? null);
        const present = f1.filter(value => value !== null);
        return [{ value: name, show: named(name) }, ...f1.map(value => share(value)),
          share(present.length ? Math.max(...present) - Math.min(...present) : null)];
      }), { sortable: true })
    : paragraph(data.no_classes, "note"));

section("difference", "Is the difference real?",
  paragraph(data.mcnemar.note, data.mcnemar.pairs.length ? undefined : "note"),
  data.mcnemar.pairs.length ? table("McNemar's test of pairs of runs",
    [{ title: "Pair" }, { title: "Only the first is right", number: true }, { title: "Only the second is right", number: true },
      { title: "p", number: true }, { title: "Test" }, { title: "Conclusion at 5%" }],
    data.mcnemar.pairs.map(pair => [
      element("span", {}, keyOf(pair.first), named(runs[pair.first].name), ", ", keyOf(pair.second), named(runs[pair.second].name)),
      pair.only_first, pair.only_second, pair.p < 0.0001 ? "< 0.0001" : pair.p.toFixed(4), pair.test,
      pair.p >= 0.05 ? "no evidence that they differ"
        : element("span", {}, named(runs[pair.only_first > pair.only_second ? pair.first : pair.second].name), " is better")]))
    : null);

function overlays() {
  const overlay = (title, pick, options) => {
    const tables = [], series = [];
    runs.forEach((run, i) => {
      const values = pick(run.curves);
      if (values[0].length) {
        tables.push(values);
        series.push({ label: run.name, colour: colourOf(i), dashed: i >= 8, points: values[0].length < 60 });
      }
    });
    return tables.length ? lineChart(title, counted(tables.length, "run") + ", one line each.", uPlot.join(tables), series, options) : null;
  };
  const evaluated = metric => curves =>
    epochValues(curves.epochs, has(curves.epochs, "val_" + metric) ? "val_" + metric : "test_" + metric);
  const number = value => value.toFixed(4);
  return [
    overlay("Training loss, smoothed", curves => [curves.steps.epoch, curves.steps.smoothed], { format: number }),
    overlay("Validation or test loss", evaluated("loss"), { format: number }),
    overlay("Validation or test accuracy", evaluated("accuracy"), { format: percent, tick: value => percent(value, 0) }),
    overlay("Learning rate", curves => [curves.steps.epoch, curves.steps.learning_rate], {}),
  ].filter(chart => chart !== null);
}

drawCharts();
