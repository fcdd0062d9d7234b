/** What the page asks of the server. */

let token = ""; // as long as the page is open, and nowhere else

/** An answer that is not what was asked for; status 0 when there was no answer. */
export class ServerError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export function useToken(text) {
  token = text;
}

/** The address of a route; relative to the page, as the server may be a part of another. */
export function address(path) {
  return new URL(path, document.baseURI).href;
}

function pathOf(model) {
  return "v2/models/" + encodeURIComponent(model);
}

function classifyPath(model, { top, maps }) {
  return "classify/" + encodeURIComponent(model) + "?top=" + top + (maps ? "&maps=top" : "");
}

async function ask(path, options = {}) {
  const headers = token === "" ? {} : { Authorization: "Bearer " + token };
  let response;
  try {
    response = await fetch(address(path), { ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new ServerError(0, "The server does not answer; is it still running?");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) {
    throw new ServerError(response.status, body?.error ?? "the server gave no reason");
  }
  return body;
}

/** All models, as the page shows them. */
export async function loadModels() {
  const { models } = await ask("v2/models");
  return Promise.all(models.map(async ({ name }) => {
    const { inputs, parameters } = await ask(pathOf(name));
    return { name, shape: inputs[0].shape.slice(1), ...parameters };
  }));
}

/** Classifies the bytes of an image file; the maps of the answer are by the index of their class. */
export async function classify(model, image, options, signal) {
  const answer = await ask(classifyPath(model, options), { method: "POST", body: image, signal });
  const result = answer.predictions[0];
  if (result.error) {
    throw new ServerError(0, result.error);
  }
  const maps = new Map((result.class_maps ?? []).map(map => [map.index, map.rows]));
  if (result.grid?.height * result.grid?.width === 1) {
    return { ...result, maps: new Map(), note: "At this size of input, class maps have one cell, which shows no place in the image." };
  }
  return { ...result, maps };
}

/** A word for a shell that may contain anything. */
function quoted(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}

function curl(path, ...options) {
  const secret = token === "" ? [] : ['-H "Authorization: Bearer $TOKEN"'];
  return ["curl", ...secret, ...options, quoted(address(path))].join(" ");
}

export function classifyCommand(model, file, options) {
  return curl(classifyPath(model, options), "--data-binary " + quoted("@" + file));
}

/** The routes of a model and of its server: [title, command]. */
export function otherCommands(model) {
  const pixels = { name: "images", datatype: "UINT8", shape: [1, 1, 2, 2], data: [0, 85, 170, 255] };
  return [
    ["Several images at once", curl("classify/" + encodeURIComponent(model), "-F image=@one.png -F image=@two.png")],
    ["Logits and probabilities of pixels", curl(pathOf(model) + "/infer", "-H 'Content-Type: application/json'",
      "-d " + quoted(JSON.stringify({ inputs: [pixels] })))],
    ["What the model is", curl(pathOf(model))],
    ["Whether the server takes requests", curl("readyz", "-i")],
    ["Metrics for Prometheus", curl("metrics")],
    ["All routes as OpenAPI", curl("openapi.json")],
  ];
}
