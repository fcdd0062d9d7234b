function picture(png, description) {
  return element("img", { src: "data:image/png;base64," + png, alt: description, loading: "lazy" });
}

/** A list of figures: [{ png, description, caption: [texts and elements] }]. */
function pictureList(figures, kind = "") {
  return element("ul", { class: ("pictures " + kind).trim() }, ...figures.map(each =>
    element("li", {}, element("figure", {},
      picture(each.png, each.description), element("figcaption", {}, ...each.caption)))));
}

/** The file of an image, or its index if it has none. */
function fileOf({ file, index }) {
  return file ? element("code", {}, named(file)) : "image " + index;
}

/** How the model classified an image of the data set. */
function resultFigure(result, classes) {
  const label = classes[result.label];
  const predicted = classes[result.predicted];
  const right = result.label === result.predicted;
  const caption = [element("strong", {}, named(predicted)), " " + percent(result.probability)];
  if (!right) {
    caption.push(element("br"), "is ", named(label), " " + percent(result.label_probability));
  }
  caption.push(element("br"), fileOf(result));
  return {
    png: result.png,
    description: "Image " + result.index + " of class " + isolated(label) + ", predicted " + isolated(predicted),
    caption,
  };
}
