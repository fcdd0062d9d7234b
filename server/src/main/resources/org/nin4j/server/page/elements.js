import { Component, h } from "./preact.module.js";

/** A name that came from outside: a text, in its own direction of writing. */
export function named(name) {
  return h("bdi", {}, name);
}

/** The same for an attribute, which can hold no elements. */
export function isolated(name) {
  return "\u2068" + name + "\u2069";
}

export function percent(fraction) {
  return (100 * fraction).toFixed(1) + "%";
}

export function counted(number, singular, plural = singular + "s") {
  return number.toLocaleString("en") + " " + (number === 1 ? singular : plural);
}

/** A number with three significant digits, and a minus sign that is not a hyphen. */
export function rounded(value) {
  return String(Number(value.toPrecision(3))).replace("-", "\u2212");
}

/** Numbers of a size, which stay on one line. */
export function times(...sides) {
  return sides.join("\u00a0×\u00a0");
}

export function section(id, title, ...children) {
  return h("section", { id, "aria-labelledby": id + "-title" },
    h("h2", { id: id + "-title" }, title), ...children);
}

/** pairs: [[label, value]] */
export function facts(pairs) {
  return h("dl", { class: "facts" }, pairs.map(([label, value]) =>
    h("div", {}, h("dt", {}, label), h("dd", {}, value))));
}

/** An error of the server's, which is a sentence. */
export function complaint(error) {
  return error && h("p", { class: "error", role: "alert" },
    error.status > 0 && h("strong", {}, "Status " + error.status + ": "), named(error.message));
}

/** A command, and a button that copies it. */
export class Command extends Component {
  async copy() {
    try {
      await navigator.clipboard.writeText(this.props.text);
      this.setState({ note: "Copied" });
    } catch { // browsers allow it only over HTTPS and on this machine
      getSelection().selectAllChildren(this.code);
      this.setState({ note: "Selected; copy it with the keyboard" });
    }
  }

  componentDidUpdate(before) {
    if (before.text !== this.props.text && this.state.note) {
      this.setState({ note: "" });
    }
  }

  render({ title, text }, { note }) {
    return h("div", { class: "command" },
      h("div", { class: "bar" },
        h("h3", {}, title),
        h("span", { class: "note", role: "status" }, note),
        h("button", { type: "button", "aria-label": "Copy: " + title, onClick: () => this.copy() }, "Copy")),
      h("pre", { tabindex: "0", dir: "ltr", "aria-label": title },
        h("code", { ref: node => { this.code = node; } }, text)));
  }
}
