const data = JSON.parse(document.getElementById("data").textContent);
const classes = data.classes;
const evaluation = data.evaluation;
const notEvaluated = () => paragraph(data.not_evaluated, "note");

section("summary", "Summary",
  definitions(data.summary.tiles, "tiles"),
  definitions(data.summary.facts, "facts"));

section("curves", "Curves",
  data.curves.epochs.length || data.curves.steps.epoch.length
    ? element("div", { class: "charts" }, ...curveCharts(data.curves))
    : paragraph("No step has been recorded yet.", "note"),
  data.curves.epochs.length ? details("Values as a table", epochTable(data.curves.epochs)) : null);

section("confusion", "Confusion matrix",
  ...(evaluation ? confusionSection(evaluation, classes, data.pictures) : [notEvaluated()]));

section("classes", "Classes", evaluation ? classTable(evaluation.per_class, classes) : notEvaluated());

section("calibration", "Calibration", ...(evaluation ? calibrationSection(evaluation) : [notEvaluated()]));

const mistakes = data.mistakes.map(index => data.pictures[index]);
section("mistakes", "Most confident mistakes",
  paragraph(!evaluation ? data.not_evaluated
    : mistakes.length ? "Wrong predictions with the highest probabilities: the prediction first, then what the image is."
    : data.no_pictures || "No image was classified wrongly.", mistakes.length ? undefined : "note"),
  mistakes.length ? pictureList(mistakes.map(each => resultFigure(each, classes))) : null);

section("samples", "What the network saw",
  paragraph(data.samples.note, data.samples.pictures.length ? undefined : "note"),
  data.samples.pictures.length ? pictureList(data.samples.pictures.map(each => ({
    png: each.png,
    description: "Training image of class " + isolated(classes[each.label]),
    caption: [named(classes[each.label])],
  }))) : null);

section("maps", "Where the evidence is",
  paragraph(data.maps.note, data.maps.pictures.length ? undefined : "note"),
  data.maps.pictures.length ? element("ul", { class: "pictures wide" }, ...data.maps.pictures.map(mapItem)) : null);

section("throughput", "Throughput and profile", ...throughput());

section("configuration", "Configuration",
  table("Recipe and settings", [{ title: "Setting" }, { title: "Value" }],
    data.configuration.map(([key, value]) => [element("code", {}, named(key)), value])),
  element("h3", {}, "Network"),
  table("Layers for a batch of one image",
    [{ title: "Path" }, { title: "Layer" }, { title: "Output" }, { title: "Parameters", number: true }, { title: "Multiply-adds", number: true }],
    data.network.map(each => [element("code", {}, each.path), each.layer, each.output,
      each.parameters.toLocaleString("en"), each.multiply_adds.toLocaleString("en")])));

section("environment", "Environment", definitions(data.environment, "facts"));

function mapItem(map) {
  const explained = named(classes[map.explained]);
  return element("li", {}, element("figure", {},
    element("div", { class: "pair" },
      picture(map.image, "Image " + map.index + " of class " + isolated(classes[map.label])),
      picture(map.png, "What speaks in it for and against " + isolated(classes[map.explained]))),
    element("figcaption", {}, ...(map.explained === map.label ? [] : [named(classes[map.label]), ", taken for "]),
      element("strong", {}, explained), element("br"), fileOf(map))));
}

function classTable(figures, names) {
  return table("Figures of each class",
    [{ title: "Class" }, { title: "Images", number: true }, { title: "Precision", number: true },
      { title: "Recall", number: true }, { title: "F1", number: true }, { title: "" }],
    figures.map((each, label) => [{ value: names[label], show: named(names[label]) }, each.images,
      share(each.precision), share(each.recall), share(each.f1), bar(each.f1, 1)]),
    { sortable: true });
}

function throughput() {
  const parts = [];
  const epochs = data.curves.epochs;
  if (epochs.length > 1) {
    parts.push(element("div", { class: "charts" }, lineChart("Training images per second",
      "The throughput goes " + course(epochs.map(e => e.images_per_second), v => v.toFixed(0)) + " images per second.",
      epochValues(epochs, "images_per_second"), [{ label: "images/s", colour: 1, points: true }],
      { format: value => value.toFixed(0) })));
  }
  const profile = data.profile;
  if (!profile) {
    parts.push(paragraph("Where the time of a step goes was not recorded: it takes more than one step without an"
      + " interruption.", "note"));
    return parts;
  }
  const all = profile.parts.reduce((sum, part) => sum + part.milliseconds, 0);
  const sorted = [...profile.parts].sort((a, b) => b.milliseconds - a.milliseconds);
  parts.push(element("h3", {}, "Where the time of a step goes"),
    paragraph("Means over " + counted(profile.steps, "step") + " of " + counted(profile.batch_size, "image") + ": "
      + all.toFixed(1) + " ms, the time of all threads (" + profile.threads + ") together."),
    table("Time of a training step",
      [{ title: "Part" }, { title: "What" }, { title: "ms", number: true }, { title: "Of the step", number: true }, { title: "" }],
      sorted.map(part => [part.name, part.work, { value: part.milliseconds, show: part.milliseconds.toFixed(2) },
        share(part.milliseconds / all), bar(part.milliseconds, sorted[0].milliseconds)]),
      { sortable: true }));
  return parts;
}

drawCharts();
