import { Component, h } from "./preact.module.js";
import { counted, facts, named, times } from "./elements.js";

const SEARCHED = 12; // more classes than these can be searched
const DIGITS = 12; // of the SHA-256

/** One of the models to choose. */
function choice(model, selected, choose) {
  return h("label", { class: "card", key: model.name },
    h("input", { type: "radio", name: "model", value: model.name, checked: model === selected,
      onChange: () => choose(model) }),
    h("span", {},
      h("strong", {}, named(model.name)),
      h("small", {}, [named(model.network), ", " + size(model.shape)])));
}

function size([channels, height, width]) {
  return `${times(channels, height, width)} (${channels === 1 ? "grey" : "colour"})`;
}

export function Models({ models, selected, choose }) {
  return h("div", {},
    h("fieldset", { class: "cards" },
      h("legend", {}, counted(models.length, "model")),
      models.map(model => choice(model, selected, choose))),
    facts([
      ["Parameters", selected.parameter_count.toLocaleString("en")],
      ["Precision", selected.precision],
      ["SHA-256", h("code", { title: selected.sha256 }, selected.sha256.slice(0, DIGITS) + "…")],
      ["Preprocessing", named(selected.preprocessing.join("; "))],
    ]),
    h(Classes, { key: selected.name, labels: selected.classes }));
}

/** The classes of a model; those of many can be searched. */
class Classes extends Component {
  render({ labels }, { text = "" }) {
    const wanted = text.toLowerCase();
    const found = labels.map((label, index) => ({ label, index }))
      .filter(({ label }) => label.toLowerCase().includes(wanted));
    return h("details", { class: "classes" },
      h("summary", {}, counted(labels.length, "class", "classes")),
      labels.length > SEARCHED && h("p", {},
        h("label", { for: "class-search" }, "Search"), " ",
        h("input", { id: "class-search", type: "search", value: text,
          onInput: event => this.setState({ text: event.target.value }) }), " ",
        h("span", { class: "note", role: "status" }, text && found.length + " found")),
      h("ul", { tabindex: "0", "aria-label": "Classes" }, found.map(({ label, index }) =>
        h("li", { key: index }, h("span", { class: "note" }, index), " ", named(label)))));
  }
}
