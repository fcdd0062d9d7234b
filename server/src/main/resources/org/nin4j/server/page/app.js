import { h, render } from "./preact.module.js";
import { classify, loadModels, useToken } from "./api.js";
import { complaint, section } from "./elements.js";
import { Models } from "./models.js";
import { Picture, listen } from "./picture.js";
import { Result } from "./result.js";
import { Routes } from "./routes.js";

const main = document.querySelector("main");

const state = {
  models: null, // until they have come
  selected: null,
  unauthorized: false,
  source: "file",
  dragging: false,
  top: 5,
  maps: true,
  image: null, // { blob, name, url }
  busy: false,
  result: null,
  error: null,
  shown: null, // index of the class whose map lies over the image
};

let request = new AbortController();

/** Changes the state, shows it, and classifies again if what the server was asked has changed. */
function update(changes, again = false) {
  Object.assign(state, changes);
  render(h(App), main);
  if (again && state.image) {
    ask();
  }
}

function take(blob) {
  if (blob) {
    forget();
    update({ image: { blob, name: blob.name, url: URL.createObjectURL(blob) } }, true);
  }
}

function forget() {
  request.abort();
  URL.revokeObjectURL(state.image?.url);
  update({ image: null, busy: false, result: null, error: null, shown: null });
}

function choose(model) {
  history.replaceState(null, "", "#" + encodeURIComponent(model.name));
  update({ selected: model, top: Math.min(state.top, model.classes.length), result: null }, true);
}

function failed(error) {
  update({ busy: false, result: null, error, unauthorized: error.status === 401 });
}

async function ask() {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  update({ busy: true, error: null });
  try {
    const result = await classify(state.selected.name, state.image.blob, state, signal);
    update({ busy: false, result, shown: result.maps.keys().next().value ?? null });
  } catch (error) {
    if (!signal.aborted) {
      failed(error);
    }
  }
}

async function load() {
  try {
    const models = await loadModels();
    const wanted = decodeURIComponent(location.hash.slice(1));
    const selected = models.find(model => model.name === wanted) ?? models[0];
    update({ models, selected, error: null, unauthorized: false, top: Math.min(5, selected?.classes.length) }, true);
  } catch (error) {
    failed(error);
  }
}

function tokenForm() {
  return h("form", { class: "panel", onSubmit: event => {
    event.preventDefault();
    useToken(event.target.elements.token.value);
    load();
  } },
    h("label", { for: "token" }, "The server asks for a token"),
    h("input", { id: "token", type: "password", autocomplete: "off", spellcheck: false, required: true }),
    h("button", { type: "submit" }, "Use it"),
    h("p", { class: "note" }, "It is kept until this page is closed, and not stored."));
}

function App() {
  const { models, selected } = state;
  return [
    state.unauthorized && tokenForm(),
    !models && (complaint(state.error) || h("p", { role: "status" }, "Loading the models …")),
    models?.length === 0 && h("p", {}, "The server has no models."),
    selected && [
      section("models", "Models", h(Models, { models, selected, choose })),
      h("div", { class: "columns" },
        section("image", "Image", h(Picture, { state, update, take, forget })),
        section("result", "Result", h(Result, { state, update }))),
      section("routes", "From a command line", h(Routes, { state })),
    ],
  ];
}

listen(blob => state.selected && take(blob), update);
render(h(App), main);
load();
