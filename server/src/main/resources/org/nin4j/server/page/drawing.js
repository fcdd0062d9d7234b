import { Component, h } from "./preact.module.js";
import { times } from "./elements.js";

const SIDE = 280; // of the canvas, in pixels
const SENT = 28; // what becomes of it: as large as MNIST's digits
const STEP = SIDE / SENT; // of the arrow keys
const PAUSE = 250; // milliseconds without a stroke, until it is sent
const ARROWS = { ArrowUp: [0, -STEP], ArrowDown: [0, STEP], ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0] };

/** Where one draws with a pointer or with the arrow keys: white on black. */
export class Drawing extends Component {
  state = { pen: 22, x: SIDE / 2, y: SIDE / 2, down: false };

  componentDidMount() {
    this.pencil = this.canvas.getContext("2d");
    this.clear();
  }

  componentWillUnmount() {
    clearTimeout(this.timer);
  }

  clear() {
    clearTimeout(this.timer);
    this.pencil.fillStyle = "black";
    this.pencil.fillRect(0, 0, SIDE, SIDE);
  }

  line(x, y, toX, toY) {
    Object.assign(this.pencil, { strokeStyle: "white", lineWidth: this.state.pen, lineCap: "round" });
    this.pencil.beginPath();
    this.pencil.moveTo(x, y);
    this.pencil.lineTo(toX, toY);
    this.pencil.stroke();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  send() {
    const small = document.createElement("canvas");
    small.width = small.height = SENT;
    const context = small.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(this.canvas, 0, 0, SENT, SENT);
    small.toBlob(blob => this.props.onDrawn(new File([blob], "drawing.png", { type: "image/png" })));
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * SIDE / box.width, (event.clientY - box.top) * SIDE / box.height];
  }

  press(event) {
    if (event.button === 0) {
      this.canvas.setPointerCapture(event.pointerId);
      this.last = this.point(event);
      this.line(...this.last, ...this.last);
    }
  }

  move(event) {
    if (this.last) {
      const next = this.point(event);
      this.line(...this.last, ...next);
      this.last = next;
    }
  }

  type(event) {
    const { x, y, down } = this.state;
    if (event.key === " ") {
      if (!down) {
        this.line(x, y, x, y);
      }
      this.setState({ down: !down });
    } else if (event.key in ARROWS) {
      const [dx, dy] = ARROWS[event.key];
      const next = { x: Math.min(SIDE, Math.max(0, x + dx)), y: Math.min(SIDE, Math.max(0, y + dy)) };
      if (down) {
        this.line(x, y, next.x, next.y);
      }
      this.setState(next);
    } else {
      return;
    }
    event.preventDefault(); // or the page would scroll
  }

  render(props, { pen, x, y, down }) {
    const lift = () => { this.last = null; };
    return h("div", { class: "drawing" },
      h("div", { class: "sheet" },
        h("canvas", { width: SIDE, height: SIDE, tabindex: "0", role: "application", "aria-label": "Drawing area",
          "aria-describedby": "drawing-help", ref: node => { this.canvas = node; },
          onPointerDown: event => this.press(event), onPointerMove: event => this.move(event),
          onPointerUp: lift, onPointerCancel: lift, onKeyDown: event => this.type(event) }),
        h("span", { class: down ? "pen down" : "pen", "aria-hidden": "true",
          style: { left: 100 * x / SIDE + "%", top: 100 * y / SIDE + "%", width: pen + "px", height: pen + "px" } })),
      h("div", { class: "options" },
        h("label", {}, "Pen ", h("input", { type: "range", min: 8, max: 48, value: pen,
          onInput: event => this.setState({ pen: Number(event.target.value) }) })),
        h("button", { type: "button", onClick: () => { this.clear(); props.onCleared(); } }, "Clear")),
      h("p", { class: "note", id: "drawing-help" },
        `White on black, sent as ${times(SENT, SENT)} pixels like MNIST’s digits. Keys: arrows move the pen, Space sets it down or lifts it. `,
        h("span", { role: "status" }, down ? "The pen is down." : "The pen is up.")));
  }
}
