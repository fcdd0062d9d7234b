import { h } from "./preact.module.js";
import { Drawing } from "./drawing.js";

function source(value, text, current, change) {
  return h("label", {},
    h("input", { type: "radio", name: "source", value, checked: current === value, onChange: () => change(value) }),
    " " + text);
}

/** A picture from a file, from the clipboard, or drawn. */
export function Picture({ state, update, take, forget }) {
  let chooser;
  return h("div", {},
    h("fieldset", { class: "choices" },
      h("legend", {}, "Source"),
      source("file", "File", state.source, value => update({ source: value })),
      source("drawing", "Drawing", state.source, value => update({ source: value }))),
    state.source === "drawing" ? h(Drawing, { onDrawn: take, onCleared: forget }) : h("div", {},
      h("input", { type: "file", accept: "image/*", hidden: true, id: "file", "aria-label": "Image file",
        ref: node => { chooser = node; },
        onChange: event => {
          take(event.target.files[0]);
          event.target.value = ""; // so that the same file can be chosen again
        } }),
      h("button", { type: "button", class: state.dragging ? "drop over" : "drop", onClick: () => chooser.click() },
        h("strong", {}, "Choose an image"),
        h("span", {}, "or drop one here, or paste one"))),
    h("div", { class: "options" },
      h("label", {}, "Classes shown ", h("input", { type: "number", min: 1, max: state.selected.classes.length,
        value: state.top, onChange: event => {
          const top = Math.round(event.target.valueAsNumber);
          update({ top: Math.min(Math.max(top || 1, 1), state.selected.classes.length) }, true);
        } })),
      h("label", {}, h("input", { type: "checkbox", checked: state.maps,
        onChange: event => update({ maps: event.target.checked }, true) }), " Class maps")));
}

/** Takes what is dropped anywhere on the page, or pasted. */
export function listen(take, update) {
  const files = data => [...data?.files ?? []];
  addEventListener("paste", event => files(event.clipboardData).slice(0, 1).forEach(take));
  addEventListener("dragover", event => {
    event.preventDefault();
    update({ dragging: true });
  });
  addEventListener("dragleave", event => event.relatedTarget === null && update({ dragging: false }));
  addEventListener("drop", event => {
    event.preventDefault(); // or the browser would open the file
    update({ dragging: false });
    files(event.dataTransfer).slice(0, 1).forEach(take);
  });
}
