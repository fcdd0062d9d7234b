import { h } from "./preact.module.js";
import { complaint, isolated, named, percent, rounded, times } from "./elements.js";
import { Heat, fullValue, gradient, summary } from "./heat.js";

/** A class with its probability; where there is a map of it, it can be chosen. */
function bar({ label, index, probability }, mapped, shown, show) {
  const name = mapped
    ? h("label", {}, h("input", { type: "radio", name: "map", value: index, checked: index === shown,
      onChange: () => show(index) }), named(label))
    : named(label);
  return h("li", { key: index },
    h("span", { class: "name" }, name),
    h("span", { class: "number" }, percent(probability)),
    h("span", { class: "track", "aria-hidden": "true" }, h("span", { style: { width: 100 * probability + "%" } })));
}

function picture({ image }, result, map) {
  const small = result && Math.max(result.width, result.height) < 200;
  return h("div", { class: map ? "picture mapped" : "picture" },
    h("img", { src: image.url, class: small ? "small" : "", alt: "The image " + isolated(image.name) }),
    map && h(Heat, { rows: map, result }));
}

/** What a map says, in words and numbers. */
function reading(map, label) {
  const { largest, smallest, mean } = summary(map);
  const full = rounded(fullValue(map));
  const at = cell => `${rounded(cell.value)} in row ${cell.y}, column ${cell.x}`;
  return h("div", { class: "reading" },
    h("p", { class: "legend" },
      h("span", {}, `−${full} against`), h("span", { class: "scale", "aria-hidden": "true", style: { background: gradient() } }),
      h("span", {}, `${full} for it`)),
    h("p", { class: "note" }, "What in the image speaks for ", named(label),
      `, in ${times(map.length, map[0].length)} cells: largest ${at(largest)}; smallest ${at(smallest)}; mean ${rounded(mean)}.`),
    h("details", {}, h("summary", {}, "All values"),
      h("div", { class: "box", tabindex: "0", role: "region", "aria-label": "Values of the map" },
        h("table", {}, h("tbody", {}, map.map(row =>
          h("tr", {}, row.map(value => h("td", { class: "number" }, rounded(value))))))))));
}

function announcement({ busy, result, image }) {
  if (busy) {
    return "Classifying …";
  }
  const best = result?.classes[0];
  return best ? [named(image.name), ": ", named(best.label), ", ", percent(best.probability)] : "";
}

export function Result({ state, update }) {
  const { image, result, error, shown } = state;
  const map = result?.maps.get(shown);
  const show = index => update({ shown: index });
  return h("div", { "aria-busy": String(state.busy) },
    h("p", { class: "announcement", role: "status" }, announcement(state)),
    complaint(error),
    !image && !error && h("p", { class: "note" }, "Nothing has been classified yet."),
    image && h("div", { class: "beside" },
      h("div", {}, picture(state, result, map),
        result && h("p", { class: "note" }, named(image.name), `, ${times(result.width, result.height)} pixels`)),
      result && h("div", {},
        h("ol", { class: "bars", "aria-label": "Classes" }, result.classes.map(one => bar(one, result.maps.has(one.index), shown, show))),
        result.maps.size > 0 && h("label", { class: "without" }, h("input", { type: "radio", name: "map", checked: !map,
          onChange: () => show(null) }), " Without a map"),
        result.note && h("p", { class: "note" }, named(result.note)),
        map && reading(map, result.classes.find(one => one.index === shown).label))));
}
