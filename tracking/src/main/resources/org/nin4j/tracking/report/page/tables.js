/**
 * A table in a box that scrolls.
 *
 * columns: [{ title, number: whether it is right-aligned }]
 * rows: lists of cells; a cell is a text, an element, or { value: what to sort by, show: a text or element }
 */
function table(caption, columns, rows, { sortable = false } = {}) {
  const head = element("tr");
  const body = element("tbody");
  columns.forEach((column, index) => {
    const header = element("th", { scope: "col", class: column.number ? "number" : undefined });
    if (sortable && rows.length > 1 && column.title !== "") {
      const button = element("button", { type: "button" }, column.title);
      button.addEventListener("click", () => sort(header, index));
      header.append(button);
    } else {
      header.append(column.title);
    }
    head.append(header);
  });
  const lines = rows.map(cells => ({
    cells,
    node: element("tr", {}, ...cells.map((cell, i) =>
      element(i === 0 ? "th" : "td",
        { scope: i === 0 ? "row" : undefined, class: columns[i].number ? "number" : undefined },
        shown(cell)))),
  }));
  body.append(...lines.map(line => line.node));

  function sort(header, index) {
    const descending = header.getAttribute("aria-sort") !== "descending";
    const numbers = columns[index].number;
    for (const other of head.children) {
      other.removeAttribute("aria-sort");
    }
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
    lines.sort((a, b) => {
      const order = numbers
        ? (sortValue(a.cells[index]) ?? -Infinity) - (sortValue(b.cells[index]) ?? -Infinity) || 0
        : String(sortValue(a.cells[index])).localeCompare(String(sortValue(b.cells[index])));
      return descending ? -order : order;
    });
    body.append(...lines.map(line => line.node));
  }

  const tall = rows.length > 16 ? " tall" : "";
  return element("div", { class: "box" + tall, tabindex: "0", role: "region", "aria-label": caption },
    element("table", {},
      element("caption", {}, caption), element("thead", {}, head), body));
}

function shown(cell) {
  const show = cell !== null && typeof cell === "object" && "show" in cell ? cell.show : cell;
  return show instanceof Node ? show : named(String(show));
}

function sortValue(cell) {
  return cell !== null && typeof cell === "object" && "value" in cell ? cell.value : cell;
}

/** A cell for a fraction of 1. */
function share(value, digits = 1) {
  return { value, show: percent(value, digits) };
}

/** A cell with a bar; largest is the value of a full one. */
function bar(value, largest) {
  const width = largest > 0 && value > 0 ? 100 * value / largest : 0;
  return element("span", { class: "bar", "aria-hidden": "true" }, element("span", { "width%": width.toFixed(1) }));
}
