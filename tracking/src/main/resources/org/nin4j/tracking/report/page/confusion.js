/** Up to this many classes, the matrix is a table; above, a picture. */
const LARGEST_TABLE = 32;

/** The confusion matrix, the most frequent mistakes, and a panel that shows images of a cell. */
function confusionSection(evaluation, classes, pictures) {
  const cells = new Map(evaluation.confusion.map(([label, predicted, count]) => [label + "," + predicted, count]));
  const count = (label, predicted) => cells.get(label + "," + predicted) ?? 0;
  const rowSums = new Array(classes.length).fill(0);
  const columnSums = new Array(classes.length).fill(0);
  for (const [label, predicted, images] of evaluation.confusion) {
    rowSums[label] += images;
    columnSums[predicted] += images;
  }
  const panel = element("div", { class: "panel", id: "cell", "aria-live": "polite" },
    paragraph("Choose a cell to see images of it."));

  function show(label, predicted) {
    const images = count(label, predicted);
    const examples = pictures.filter(each => each.label === label && each.predicted === predicted);
    const title = label === predicted
      ? ["Correctly classified as ", named(classes[label])]
      : [named(classes[label]), " taken for ", named(classes[predicted])];
    panel.replaceChildren(
      element("h3", {}, ...title),
      element("p", {},
        counted(images, "image") + ", " + (rowSums[label] ? percent(images / rowSums[label]) : "–")
        + " of this class. ",
        images === 0 ? "" : examples.length === 0 ? "Pictures of it are not in this report."
          : examples.length < images ? "The most confident of them:" : ""),
      examples.length ? pictureList(examples.map(each => resultFigure(each, classes))) : "");
  }

  const pairs = evaluation.confusion
    .filter(([label, predicted]) => label !== predicted)
    .sort((a, b) => b[2] - a[2] || a[0] - b[0] || a[1] - b[1]);
  const frequent = table("The most frequent mistakes",
    [{ title: "Class" }, { title: "Taken for" }, { title: "Images", number: true }, { title: "Of the class", number: true }, { title: "" }],
    pairs.slice(0, classes.length > LARGEST_TABLE ? 50 : 12).map(([label, predicted, images]) => {
      const button = element("button", { type: "button",
        "aria-label": "Show images of " + isolated(classes[label]) + " taken for " + isolated(classes[predicted]) }, "Show");
      button.addEventListener("click", () => {
        show(label, predicted);
        panel.scrollIntoView({ block: "nearest" });
      });
      return [classes[label], classes[predicted], images, percent(images / rowSums[label]), button];
    }));
  if (pairs.length) {
    show(pairs[0][0], pairs[0][1]);
  }
  const matrix = classes.length <= LARGEST_TABLE
    ? matrixTable(classes, count, rowSums, columnSums, show)
    : [heatMap(classes, evaluation.confusion, rowSums, show)];
  return [
    paragraph("A row for each class, a column for each prediction. Blue is right, orange is wrong; the deeper the"
      + " colour, the larger the part of the row."),
    element("div", { class: "beside" }, element("div", {}, ...matrix), panel),
    pairs.length ? element("h3", {}, "Most frequent mistakes") : null,
    pairs.length ? frequent : paragraph("No image was classified wrongly."),
  ];
}

/** A grid: one cell is in the tab order, arrows move to the others, Enter shows images. */
function matrixTable(classes, count, rowSums, columnSums, show) {
  const views = {
    "Images": (label, predicted) => String(count(label, predicted)),
    "% of the row (recall)": (label, predicted) => rowSums[label] ? percent(count(label, predicted) / rowSums[label], 0) : "–",
    "% of the column (precision)":
      (label, predicted) => columnSums[predicted] ? percent(count(label, predicted) / columnSums[predicted], 0) : "–",
  };
  const grid = [];
  const body = element("tbody");
  classes.forEach((name, label) => {
    const row = element("tr", {}, element("th", { scope: "row" }, named(name)));
    grid.push(classes.map((other, predicted) => {
      const images = count(label, predicted);
      const part = rowSums[label] ? images / rowSums[label] : 0;
      const depth = images === 0 ? 0 : label === predicted ? 12 + 78 * part : 10 + 80 * Math.sqrt(part);
      const kinds = [label === predicted ? "right" : "", images === 0 ? "none" : "", depth > 55 ? "strong" : ""];
      const cell = element("td", { role: "gridcell", tabindex: "-1", "--share": depth.toFixed(1),
        class: kinds.join(" ").trim() || undefined,
        "aria-label": counted(images, "image") + " of " + isolated(name)
          + (label === predicted ? " classified correctly" : " taken for " + isolated(other)) });
      cell.addEventListener("click", () => select(label, predicted));
      row.append(cell);
      return cell;
    }));
    body.append(row);
  });
  grid[0][0].tabIndex = 0;
  let selected = null;

  function select(label, predicted) {
    if (selected) {
      selected.removeAttribute("aria-selected");
    }
    selected = grid[label][predicted];
    selected.setAttribute("aria-selected", "true");
    focusOn(label, predicted);
    show(label, predicted);
  }

  function focusOn(label, predicted) {
    body.querySelectorAll("[tabindex='0']").forEach(cell => { cell.tabIndex = -1; });
    grid[label][predicted].tabIndex = 0;
    grid[label][predicted].focus();
  }

  body.addEventListener("keydown", event => {
    const label = grid.findIndex(row => row.includes(event.target));
    if (label < 0) {
      return;
    }
    const predicted = grid[label].indexOf(event.target);
    const last = classes.length - 1;
    const moves = {
      ArrowUp: [Math.max(0, label - 1), predicted],
      ArrowDown: [Math.min(last, label + 1), predicted],
      ArrowLeft: [label, Math.max(0, predicted - 1)],
      ArrowRight: [label, Math.min(last, predicted + 1)],
      Home: [label, 0],
      End: [label, last],
    };
    if (event.key in moves) {
      focusOn(...moves[event.key]);
    } else if (event.key === "Enter" || event.key === " ") {
      select(label, predicted);
    } else {
      return;
    }
    event.preventDefault();
  });

  function fill(view) {
    grid.forEach((row, label) => row.forEach((cell, predicted) => {
      cell.textContent = count(label, predicted) === 0 ? "·" : views[view](label, predicted);
    }));
  }

  const choices = element("fieldset", { class: "choices" }, element("legend", {}, "Show"));
  Object.keys(views).forEach((view, i) => {
    const radio = element("input", { type: "radio", name: "view", value: view, checked: i === 0 ? "" : undefined });
    radio.addEventListener("change", () => fill(view));
    choices.append(element("label", {}, radio, " " + view));
  });
  fill("Images");
  const head = element("tr", {}, element("td", {}),
    ...classes.map(name => element("th", { scope: "col" }, named(name))));
  const scroll = element("div", { class: "box" },
    element("table", { class: "matrix", role: "grid", "aria-label": "Confusion matrix; arrow keys move, Enter shows images" },
      element("thead", {}, head), body));
  return [choices, scroll];
}

/** The matrix of many classes as a picture with a pixel for each cell. */
function heatMap(classes, confusion, rowSums, show) {
  const canvas = element("canvas", { class: "heat", width: classes.length, height: classes.length, role: "img",
    "aria-label": "Confusion matrix of " + classes.length + " classes; the table below lists the most frequent mistakes" });
  const draw = () => {
    const context = canvas.getContext("2d");
    context.fillStyle = ink("--raised");
    context.fillRect(0, 0, classes.length, classes.length);
    for (const [label, predicted, images] of confusion) {
      context.globalAlpha = 0.25 + 0.75 * Math.sqrt(images / rowSums[label]);
      context.fillStyle = ink(label === predicted ? "--right" : "--wrong");
      context.fillRect(predicted, label, 1, 1);
    }
    context.globalAlpha = 1;
  };
  drawn.push(draw);
  canvas.addEventListener("click", event => {
    const box = canvas.getBoundingClientRect();
    const index = (position, length) => Math.min(classes.length - 1, Math.max(0, Math.floor(classes.length * position / length)));
    show(index(event.clientY - box.top, box.height), index(event.clientX - box.left, box.width));
  });
  return canvas;
}
