/** The epochs' values of a metric, on the x axis of a chart. */
function epochValues(epochs, key) {
  return [epochs.map(epoch => epoch.epoch), epochs.map(epoch => epoch[key] ?? null)];
}

function has(epochs, key) {
  return epochs.some(epoch => epoch[key] !== undefined);
}

/** The charts of one run. */
function curveCharts(curves) {
  const { steps, epochs } = curves;
  const charts = [];
  const number = value => value.toFixed(4);
  const losses = [], lossSeries = [];
  if (steps.epoch.length) {
    losses.push([steps.epoch, steps.loss, steps.smoothed]);
    lossSeries.push({ label: "training step", colour: 1, faint: true }, { label: "smoothed", colour: 1 });
  }
  const addTo = (tables, series, key, label, colour) => {
    if (has(epochs, key)) {
      tables.push(epochValues(epochs, key));
      series.push({ label, colour, points: true });
    }
  };
  if (!steps.epoch.length) {
    addTo(losses, lossSeries, "train_loss", "training", 4);
  }
  addTo(losses, lossSeries, "val_loss", "validation", 2);
  addTo(losses, lossSeries, "test_loss", "test", 3);
  if (losses.length) {
    charts.push(lineChart("Loss", "The loss goes " + course(epochs.map(e => e.train_loss), number) + " on the training images.",
      uPlot.join(losses), lossSeries, { format: number }));
  }
  const accuracies = [], accuracySeries = [];
  addTo(accuracies, accuracySeries, "train_accuracy", "training", 4);
  addTo(accuracies, accuracySeries, "val_accuracy", "validation", 2);
  addTo(accuracies, accuracySeries, "test_accuracy", "test", 3);
  if (accuracies.length) {
    charts.push(lineChart("Accuracy", "The accuracy goes " + course(epochs.map(e => e.test_accuracy ?? e.val_accuracy), percent) + ".",
      uPlot.join(accuracies), accuracySeries, { format: percent, tick: value => percent(value, 0) }));
  }
  if (steps.epoch.length) {
    charts.push(
      lineChart("Learning rate", "The learning rate goes " + course(steps.learning_rate, compact) + ".",
        [steps.epoch, steps.learning_rate], [{ label: "learning rate", colour: 5 }]),
      lineChart("Gradient norm", "The norm of the gradient goes " + course(steps.gradient_norm, compact) + ".",
        [steps.epoch, steps.gradient_norm], [{ label: "gradient norm", colour: 7 }]));
  }
  return charts;
}

function epochTable(epochs) {
  const columns = [["epoch", "Epoch", String], ["train_loss", "Training loss", v => fixed(v, 4)],
    ["train_accuracy", "Training accuracy", percent], ["val_loss", "Validation loss", v => fixed(v, 4)],
    ["val_accuracy", "Validation accuracy", percent], ["test_loss", "Test loss", v => fixed(v, 4)],
    ["test_accuracy", "Test accuracy", percent], ["images_per_second", "Images/s", v => fixed(v, 0)]]
    .filter(([key]) => has(epochs, key));
  return table("Epochs", columns.map(([, title]) => ({ title, number: true })),
    epochs.map(epoch => columns.map(([key, , format]) =>
      epoch[key] === undefined ? "–" : { value: epoch[key], show: format(epoch[key]) })));
}
