import { h } from "./preact.module.js";
import { classifyCommand, otherCommands } from "./api.js";
import { Command } from "./elements.js";

/** The same from a command line. */
export function Routes({ state }) {
  const { selected, image } = state;
  return h("div", {},
    h(Command, { title: "This image", text: classifyCommand(selected.name, image?.name ?? "image.png", state) }),
    h("details", {}, h("summary", {}, "Other routes of the model and of the server"),
      otherCommands(selected.name).map(([title, text]) => h(Command, { key: title, title, text }))));
}
