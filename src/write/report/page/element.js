// Elements. Text only ever becomes a text node.

const $ = (id) => document.getElementById(id);

/** An element; `properties` are its own, except `data`, `aria` and `role`. */
const el = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "role") made.setAttribute("role", value);
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name === "aria") for (const [a, v] of Object.entries(value)) made.setAttribute(`aria-${a}`, v);
    else if (name === "share") made.style.setProperty("--share", `${value}%`);
    else if (name === "width") made.style.width = value;
    else made[name] = value;
  }
  made.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return made;
};

const SVG = "http://www.w3.org/2000/svg";
const svg = (tag, attributes = {}, ...children) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

/** Longest text put on the page before somebody asks for all of it. */
const MOST_TEXT = 600;

/** A text, cut when it is long, with a button that shows the rest. */
const textOf = (text, most = MOST_TEXT) => {
  if (text.length <= most) return [text];
  const shown = document.createTextNode(`${text.slice(0, most)}…`);
  const more = el("button", { className: "expand", type: "button" }, `${T.show_all} (${text.length.toLocaleString()})`);
  more.addEventListener("click", () => {
    shown.data = text;
    more.remove();
  });
  return [shown, more];
};

/** Says something to those who listen rather than look. */
const say = (text) => {
  $("live").textContent = text;
};
