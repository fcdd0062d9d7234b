/** Creates an element. Texts are set as texts, so that no name can become markup. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("--") || key === "width%") {
      node.style.setProperty(key === "width%" ? "width" : key, key === "width%" ? value + "%" : value);
    } else if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(key, value);
    }
  }
  node.append(...children.filter(child => child !== undefined && child !== null));
  return node;
}

/** A name that came from outside, in its own direction of writing. */
function named(name) {
  return element("bdi", {}, name);
}

/** The same for an attribute, which can hold no elements. */
function isolated(name) {
  return "\u2068" + name + "\u2069";
}

function paragraph(text, kind) {
  return element("p", { class: kind }, text);
}

function percent(fraction, digits = 1) {
  return fraction === null || fraction === undefined ? "–" : (100 * fraction).toFixed(digits) + "%";
}

function fixed(value, digits) {
  return value === null || value === undefined ? "–" : value.toFixed(digits);
}

function counted(number, singular, plural = singular + "s") {
  return number.toLocaleString("en") + " " + (number === 1 ? singular : plural);
}

function definitions(pairs, kind) {
  const list = element("dl", { class: kind });
  for (const [label, value, detail] of pairs) {
    const description = element("dd", {}, named(value), detail ? element("small", {}, detail) : null);
    if (kind === "tiles") {
      list.append(element("div", {}, element("dt", {}, label), description));
    } else {
      list.append(element("dt", {}, named(label)), description);
    }
  }
  return list;
}

/** Adds a section, and a link to it. */
function section(id, title, ...children) {
  document.querySelector("nav ul").append(element("li", {}, element("a", { href: "#" + id }, title)));
  const heading = element("h2", { id: id + "-title" }, title);
  const node = element("section", { id, "aria-labelledby": id + "-title" }, heading, ...children);
  document.querySelector("main").append(node);
  return node;
}

function details(summary, ...children) {
  return element("details", {}, element("summary", {}, summary), ...children);
}
