// Where a row stands: the part of the page it came from, or the rows around it.

/** Rows above and below that are shown with a row. */
const AROUND = 3;

const placeSection = (row) => {
  const text = el("p", { className: "place" }, placeOf(row), " — ", documentOf(row).path);
  const box = listIn(row, "box");
  return el("section", { className: "place-of" }, el("h3", {}, T.place), text, box.length === 4 ? drawing(row) : around(row));
};

const around = (row) => {
  const d = documentOf(row);
  const body = el("tbody");
  for (let r = Math.max(d.first, row - AROUND); r <= Math.min(d.first + d.rows - 1, row + AROUND); r++) {
    const at = textIn(r, "cells") || (cell(r, "line") ? `${T.line} ${cell(r, "line")}` : `${T.row} ${numberOf(r)}`);
    const parts = [textIn(r, "number"), textIn(r, "item") || textIn(r, "description"), answerOf(r)];
    const cells = parts.map((t) => el("td", {}, el("div", {}, t.slice(0, 200))));
    cells[0].className = "number";
    body.append(el("tr", { className: r === row ? "this" : "" }, el("td", { className: "at" }, at), ...cells));
  }
  return el("table", { className: "around", aria: { label: T.around } }, body);
};

/** ISO 216 A4 in points: the page, unless its rows reach beyond it. */
const A4 = [595, 842];

/** Rows of a page with their boxes: [row, x0, y0, x1, y1] in points, y down. */
const boxesOf = (row) => {
  const d = documentOf(row);
  const page = cell(row, "page");
  const boxes = [];
  for (let r = d.first; r < d.first + d.rows; r++) {
    const box = listIn(r, "box");
    if (cell(r, "page") === page && box.length === 4) boxes.push([r, ...box.map((x) => x / 10)]);
  }
  return boxes;
};

const pageSize = (boxes) => {
  const right = Math.max(...boxes.map((b) => b[3]));
  const bottom = Math.max(...boxes.map((b) => b[4]));
  const [w, h] = A4;
  if (right <= w && bottom <= h) return [w, h];
  if (right <= h && bottom <= w) return [h, w];
  return [right + 20, bottom + 20];
};

const drawing = (row) => {
  const boxes = boxesOf(row);
  const [width, height] = pageSize(boxes);
  const own = boxes.find((b) => b[0] === row);
  const [from, to] = [Math.min(...boxes.map((b) => b[1])), Math.max(...boxes.map((b) => b[3]))];
  const margin = Math.max(60, 1.6 * (own[4] - own[2]));
  const top = Math.max(0, own[2] - margin);
  const bottom = Math.min(height, own[4] + margin);
  const label = `${T.page} ${cell(row, "page")}, ${T.row} ${numberOf(row)}`;
  const near = svg("svg", { class: "near", role: "img", "aria-label": label, viewBox: `${from - 6} ${top} ${to - from + 12} ${bottom - top}` });
  const whole = svg("svg", { class: "whole", "aria-hidden": "true", viewBox: `0 0 ${width} ${height}` });
  for (const box of boxes) {
    const [r, x, y, right, low] = box;
    const shape = { class: r === row ? "page-row this" : "page-row", x, y, width: right - x, height: low - y };
    whole.append(svg("rect", shape));
    if (low < top || y > bottom) continue;
    near.append(svg("rect", shape), ...linesIn(box));
  }
  return el("div", { className: "drawing" }, near, el("div", { className: "sketch" }, whole, el("p", { className: "where" }, T.drawn)));
};

/** The row's words within its box: what a reader of the page looks for. */
const linesIn = ([row, x, y, right, low]) => {
  const size = Math.max(7, Math.min(10.5, (low - y) / 2.4));
  const parts = [textIn(row, "number"), textIn(row, "item"), textIn(row, "description"), answerOf(row)];
  const text = parts.filter(Boolean).join("　").slice(0, 400);
  const perLine = Math.max(4, Math.floor((right - x - 6) / size));
  const most = Math.max(1, Math.floor((low - y - 2) / (size * 1.25)));
  const lines = [];
  let [line, used] = ["", 0];
  for (const c of text) {
    const wide = c.charCodeAt(0) < 0x2000 ? 0.55 : 1;
    if (used + wide > perLine) {
      lines.push(line);
      [line, used] = ["", 0];
    }
    line += c;
    used += wide;
  }
  lines.push(line);
  const cut = lines.length > most;
  return lines.slice(0, most).map((t, i) => {
    const at = { class: "page-text", x: x + 3, y: y + 1 + size * (1 + i * 1.25), "font-size": size };
    return svg("text", at, cut && i === most - 1 ? `${t.slice(0, -1)}…` : t);
  });
};
