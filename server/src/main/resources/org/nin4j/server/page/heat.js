import { Component, h } from "./preact.module.js";

const SIDE = 160; // of what is drawn, in pixels; the browser stretches it
const OPACITY = 0.6;

/**
 * The colour of a value from -1 to 1: from blue over a near white for 0 to orange, of which equal
 * steps look equal, in Oklab (Ottosson, 2020). They can be told apart with every common kind of
 * colour blindness.
 */
function colour(value) {
  const size = Math.min(1, Math.abs(value));
  const hue = (value < 0 ? 255 : 50) * Math.PI / 180;
  const lightness = 0.96 - 0.4 * size;
  const a = 0.14 * size * Math.cos(hue);
  const b = 0.14 * size * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map(encoded);
}

/** The transfer function of sRGB (IEC 61966-2-1). */
function encoded(linear) {
  const clipped = Math.max(0, Math.min(1, linear));
  return Math.round(255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055));
}

/** What is largest, smallest and the mean of a map's rows, with positions from 1. */
export function summary(rows) {
  const cells = rows.flatMap((row, y) => row.map((value, x) => ({ value, y: y + 1, x: x + 1 })));
  const pick = better => cells.reduce((best, cell) => better(cell.value, best.value) ? cell : best);
  return {
    largest: pick((a, b) => a > b),
    smallest: pick((a, b) => a < b),
    mean: cells.reduce((sum, cell) => sum + cell.value, 0) / cells.length,
  };
}

/** The value that gets the full colour, of either sign. */
export function fullValue(rows) {
  return Math.max(...rows.flat().map(Math.abs)) || 1;
}

/** The colours from the value -full to full. */
export function gradient() {
  const stops = Array.from({ length: 9 }, (_, i) => `rgb(${colour(i / 4 - 1).join(" ")})`);
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

/** The value between cells, which are at whole positions: bilinear, and flat beyond the edges. */
function interpolated(rows, y, x) {
  const clamp = (value, most) => Math.max(0, Math.min(most, value));
  const top = clamp(y, rows.length - 1);
  const left = clamp(x, rows[0].length - 1);
  const [i, j] = [Math.floor(top), Math.floor(left)];
  const along = row => row[j] + (left - j) * ((row[j + 1] ?? row[j]) - row[j]);
  return along(rows[i]) + (top - i) * (along(rows[i + 1] ?? rows[i]) - along(rows[i]));
}

/** A map over the region of a picture that it is of; all positions are in the picture's pixels. */
export class Heat extends Component {
  componentDidMount() {
    this.draw();
  }

  componentDidUpdate() {
    this.draw();
  }

  draw() {
    const { rows, result: { region, grid } } = this.props;
    const full = fullValue(rows);
    const { width, height } = this.canvas;
    const context = this.canvas.getContext("2d");
    const pixels = context.createImageData(width, height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const top = region.top + (y + 0.5) / height * region.height;
        const left = region.left + (x + 0.5) / width * region.width;
        const value = interpolated(rows,
          (top - grid.first_y) / grid.step_y, (left - grid.first_x) / grid.step_x);
        pixels.data.set([...colour(value / full), 255 * OPACITY], 4 * (y * width + x));
      }
    }
    context.putImageData(pixels, 0, 0);
  }

  render({ result: { region, width, height } }) {
    return h("canvas", { class: "heat", "aria-hidden": "true", ref: node => { this.canvas = node; },
      width: SIDE, height: SIDE,
      style: {
        top: 100 * region.top / height + "%",
        left: 100 * region.left / width + "%",
        width: 100 * region.width / width + "%",
        height: 100 * region.height / height + "%",
      } });
  }
}
