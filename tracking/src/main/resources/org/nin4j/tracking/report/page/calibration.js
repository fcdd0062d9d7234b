function shape(name, attributes, text) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }
  if (text !== undefined) {
    node.textContent = text;
  }
  return node;
}

/** A reliability diagram: the accuracy in each bin of confidence, and how many images are in it. */
function reliabilityDiagram(calibration) {
  const left = 52, top = 10, size = 280, counts = 60, gap = 16;
  const x = value => left + size * value;
  const y = value => top + size * (1 - value);
  const bottom = top + size + gap + counts;
  const svg = shape("svg", { class: "reliability", viewBox: "0 0 350 " + (bottom + 40), role: "img",
    "aria-label": "Reliability diagram; the expected calibration error is " + percent(calibration.error) });
  const most = Math.max(...calibration.bins.map(bin => bin.images));
  for (const bin of calibration.bins) {
    if (bin.images === 0) {
      continue;
    }
    const width = size * (bin.high - bin.low) - 2;
    const lower = Math.min(bin.accuracy, bin.confidence);
    const difference = Math.abs(bin.accuracy - bin.confidence);
    svg.append(
      shape("rect", { class: "confirmed", x: x(bin.low) + 1, y: y(lower), width, height: size * lower }),
      shape("rect", { class: "gap", x: x(bin.low) + 1, y: y(lower + difference), width, height: size * difference }),
      shape("path", { class: "accuracy", d: `M${x(bin.low) + 1} ${y(bin.accuracy)}h${width}` }),
      shape("rect", { class: "count", x: x(bin.low) + 1, y: bottom - counts * bin.images / most, width,
        height: counts * bin.images / most }));
  }
  svg.append(shape("path", { class: "ideal", d: `M${x(0)} ${y(0)}L${x(1)} ${y(1)}` }),
    shape("path", { class: "axis", d: `M${x(0)} ${y(1)}V${y(0)}H${x(1)}M${x(0)} ${bottom - counts}V${bottom}H${x(1)}` }));
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    svg.append(
      shape("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, percent(tick, 0)),
      shape("text", { x: x(tick), y: bottom + 16, "text-anchor": "middle" }, percent(tick, 0)));
  }
  svg.append(
    shape("text", { "text-anchor": "middle", transform: `translate(12 ${top + size / 2}) rotate(-90)` }, "accuracy"),
    shape("text", { x: x(0.5), y: bottom + 34, "text-anchor": "middle" }, "probability of the predicted class"),
    shape("text", { x: left - 6, y: bottom - counts / 2 + 4, "text-anchor": "end" }, "images"));
  return svg;
}

function calibrationSection(evaluation) {
  const calibration = evaluation.calibration;
  return [
    paragraph("A calibrated model that says 80% is right in 80% of such cases. The thick lines show how often this"
      + " one was right, and orange the distance from what it said. Its mean over the images is the expected"
      + " calibration error: " + percent(calibration.error) + "."),
    reliabilityDiagram(calibration),
    details("Values as a table", table("Calibration",
      [{ title: "Probability" }, { title: "Images", number: true }, { title: "Mean probability", number: true },
        { title: "Accuracy", number: true }],
      calibration.bins.map(bin => [
        percent(bin.low, 0) + " to " + percent(bin.high, 0), bin.images, percent(bin.confidence), percent(bin.accuracy)]))),
  ];
}
