// Items down, documents across. Only what is in sight is in the page.

const Matrix = (() => {
  const grid = $("grid");
  const HEAD = { narrow: 150, wide: 84 };
  const WIDTH = { narrow: 38, wide: 168 };
  /** A few documents share the room there is, up to so much each. */
  const WIDEST = 360;
  const LINE = { narrow: 36, wide: 44 };
  const BANNER = 28;
  const BEYOND = 2;

  let lines = [];
  let columns = [];
  let wide = true;
  let left = 0;
  let columnWidth = WIDTH.wide;
  let sheet = null;
  let drawn = new Map();
  let range = "";
  /** Where the keyboard is: -1 is the line of heads, the column of names. */
  let at = { line: 0, column: 0 };
  let open = -1;
  let narrowed = false;
  let coverage = [];

  // The rows of a cell are a chain: the last one found, and from each row the one before.
  const CELLS = new Int32Array((ITEMS.length + 1) * DOCUMENTS.length);
  const BEFORE = new Int32Array(COUNT);
  const where = new Int32Array(COUNT);
  const add = (row) => {
    where[row] = NOW_ITEM[row] * DOCUMENTS.length + ROW_DOCUMENT[row];
    BEFORE[row] = CELLS[where[row]];
    CELLS[where[row]] = row;
  };
  const fill = () => {
    CELLS.fill(-1);
    for (let row = 0; row < COUNT; row++) add(row);
  };
  /** Puts a decided row where it belongs now. */
  const move = (row) => {
    const cell = where[row];
    if (CELLS[cell] === row) CELLS[cell] = BEFORE[row];
    else for (let r = CELLS[cell]; r >= 0; r = BEFORE[r]) if (BEFORE[r] === row) BEFORE[r] = BEFORE[row];
    add(row);
  };
  const worth = (row) => DECIDED[row] * 4000 + (2 - ROW_DECISION[row]) * 1001 + cell(row, "confidence");
  /** The rows of a document that have an item, the surest first. */
  const rowsAt = (item, document) => {
    const rows = [];
    for (let r = CELLS[item * DOCUMENTS.length + document]; r >= 0; r = BEFORE[r]) rows.push(r);
    return rows.length > 1 ? rows.sort((a, b) => worth(b) - worth(a) || a - b) : rows;
  };

  const size = () => (wide ? "wide" : "narrow");
  const heightOf = (line) => (line.item === undefined ? BANNER : LINE[size()]);

  /** Lays out what a filter lets through. */
  const show = (found) => {
    lines = [];
    let section = null;
    let catalog = null;
    for (const number of found.items) {
      const item = itemAt(number);
      if (catalog !== item.catalog || section !== item.section) {
        lines.push({ title: item.section || T.no_section, under: RUN.catalogs[item.catalog]?.title || "" });
        catalog = item.catalog;
        section = item.section;
      }
      lines.push({ item: number });
    }
    if (found.unmapped) lines.push({ title: T.unmapped_rows, under: T.unmapped_rows_hint }, { item: 0 });
    columns = found.documents;
    narrowed = found.narrowed;
    let top = 0;
    for (const line of lines) {
      line.top = top;
      top += heightOf(line);
    }
    coverage = columns.map((d) => found.items.reduce((n, item) => n + (CELLS[item * DOCUMENTS.length + d] >= 0), 0));
    build(top, found.items.length);
  };

  const build = (height, items) => {
    left = innerWidth <= 900 ? 170 : 340;
    const share = Math.floor((grid.clientWidth - left) / Math.max(1, columns.length));
    columnWidth = wide ? Math.max(WIDTH.wide, Math.min(WIDEST, share)) : WIDTH.narrow;
    const width = left + columns.length * columnWidth;
    const head = HEAD[size()];
    sheet = el("div", { className: `sheet ${size()}` });
    sheet.style.height = `${head + height}px`;
    sheet.style.width = `${width}px`;
    const corner = el("div", { className: "corner", role: "columnheader", aria: { colindex: 1 } }, el("span", {}, T.item_id), el("span", {}, T.item));
    corner.style.width = `${left}px`;
    const heads = el("div", { className: "heads", role: "row", aria: { rowindex: 1 } }, corner);
    heads.style.height = `${head}px`;
    sheet.append(heads);
    drawn = new Map([[-1, heads]]);
    range = "";
    grid.setAttribute("aria-rowcount", lines.length + 1);
    grid.setAttribute("aria-colcount", columns.length + 1);
    const nothing = lines.length && columns.length ? [] : [el("p", { className: "nothing" }, T.nothing_found)];
    grid.replaceChildren(sheet, ...nothing);
    grid.dataset.items = items;
    at = { line: Math.min(Math.max(at.line, 0), lines.length - 1), column: Math.min(at.column, columns.length - 1) };
    draw();
  };

  const firstAfter = (top) => {
    let [low, high] = [0, lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lines[middle].top + heightOf(lines[middle]) > top) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  /** Brings the page up to what is in sight. */
  const draw = () => {
    if (!sheet) return;
    const w = columnWidth;
    const from = Math.max(0, firstAfter(grid.scrollTop) - BEYOND);
    const to = Math.min(lines.length, firstAfter(grid.scrollTop + grid.clientHeight) + BEYOND);
    const first = Math.max(0, Math.floor(grid.scrollLeft / w) - BEYOND);
    const last = Math.min(columns.length, Math.ceil((grid.scrollLeft + grid.clientWidth - left) / w) + BEYOND);
    const focused = grid.contains(document.activeElement);
    const now = `${first} ${last}`;
    if (now !== range) {
      range = now;
      for (const [line, row] of drawn) fillLine(line, row, first, last);
    }
    for (const [line, row] of drawn) {
      if (line >= 0 && (line < from || line >= to)) {
        row.remove();
        drawn.delete(line);
      }
    }
    // From below, so that lines stand in their order for those who listen.
    for (let line = to - 1; line >= from; line--) {
      if (drawn.has(line)) continue;
      const row = makeLine(line);
      fillLine(line, row, first, last);
      drawn.set(line, row);
      sheet.insertBefore(row, drawn.get(line + 1) || null);
    }
    focusable();
    // The cell that had the focus may have been drawn anew, or be out of sight.
    if (focused && !grid.contains(document.activeElement)) (elementAt() || grid).focus({ preventScroll: true });
  };

  const makeLine = (line) => {
    const { item, title, under, top } = lines[line];
    const row = el("div", { className: "line", role: "row", aria: { rowindex: line + 2 } });
    row.style.top = `${HEAD[size()] + top}px`;
    row.style.height = `${heightOf(lines[line])}px`;
    row.style.width = "100%";
    const what = el("div", { className: "what", role: "rowheader", tabIndex: -1, data: { line, column: -1 }, aria: { colindex: 1 } });
    if (item === undefined) {
      row.classList.add("banner");
      what.append(title, el("span", {}, under));
    } else {
      what.style.width = `${left}px`;
      const entry = item ? itemAt(item) : { id: "", name: T.unmapped };
      const name = nameOf(entry);
      const asked = wide && entry.description ? el("small", {}, entry.description.slice(0, 100)) : "";
      what.title = [entry.id, name, entry.description].filter(Boolean).join("\n");
      what.append(el("span", { className: "id" }, entry.id), el("span", { className: asked ? "title two" : "title" }, name.slice(0, 120), asked));
    }
    row.append(what);
    return row;
  };

  const fillLine = (line, row, first, last) => {
    if (line >= 0 && lines[line].item === undefined) return;
    const w = columnWidth;
    const cells = [row.firstChild];
    for (let column = first; column < last; column++) {
      const made = line < 0 ? makeHead(column) : makeCell(line, column);
      made.style.left = `${left + column * w}px`;
      made.style.width = `${w}px`;
      made.setAttribute("aria-colindex", column + 2);
      cells.push(made);
    }
    row.replaceChildren(...cells);
  };

  const makeHead = (column) => {
    const d = DOCUMENTS[columns[column]];
    const share = grid.dataset.items > 0 ? Math.round((100 * coverage[column]) / grid.dataset.items) : 0;
    const text = `${T.coverage} ${coverage[column]}/${grid.dataset.items}`;
    const head = el("div", { className: "head", role: "columnheader", title: `${d.name}\n${d.path}\n${text}`, tabIndex: -1, data: { line: -1, column } }, el("b", {}, d.name.slice(0, 80)));
    head.append(el("span", {}, wide ? text : `${share}%`), barOf(columns[column]));
    return head;
  };

  const makeCell = (line, column) => {
    const { item } = lines[line];
    const rows = rowsAt(item, columns[column]);
    const made = document.createElement("div");
    made.className = "cell";
    made.setAttribute("role", "gridcell");
    made.tabIndex = -1;
    made.dataset.line = line;
    made.dataset.column = column;
    if (!rows.length) return filled(made, "none", T.not_asked, el("span", { aria: { hidden: "true" } }, "·"));
    if (rows.includes(open)) made.classList.add("open");
    const found = !narrowed || rows.some((r) => Filter.hit[r]);
    const row = rows.find((r) => Filter.hit[r]) ?? rows[0];
    made.dataset.row = row;
    if (!item) return filled(made, found ? "many" : "dim", "", `${rows.length} ${T.rows_unit}`);
    const status = T.statuses[ROW_STATUS[row]];
    if (!found) return filled(made, "dim", status.label, symbol(ROW_STATUS[row]));
    const marked = DECIDED[row] ? "decided" : ROW_DECISION[row] === REVIEW ? "review" : "";
    const decision = marked === "decided" ? T.decided : T.decisions[ROW_DECISION[row]].label;
    const answer = answerOf(row).slice(0, 300);
    // A mark of one character says no more than the symbol does.
    const words = textIn(row, "text") || (textIn(row, "mark").length > 1 ? textIn(row, "mark") : "");
    const parts = [symbol(ROW_STATUS[row])];
    if (wide) parts.push(el("span", { className: "said" }, words.slice(0, 120)));
    else made.title = `${status.label} · ${decision}\n${answer}`;
    if (marked) parts.push(el("span", { className: "tag", aria: { hidden: "true" } }, marked === "decided" ? T.decided_mark : T.review_mark));
    if (rows.length > 1) parts.push(el("span", { className: "more" }, `+${rows.length - 1}`));
    return filled(made, marked, `${status.label}, ${decision}. ${wide ? "" : answer}`, ...parts);
  };
  /** A cell with what it shows and, where that is signs, what it says. */
  const filled = (made, kind, said, ...parts) => {
    if (kind) made.classList.add(kind);
    if (said) made.append(el("span", { className: "unseen" }, said));
    made.append(...parts);
    return made;
  };

  /** One cell can be reached with the tab key: where the keyboard was. */
  const focusable = () => {
    for (const old of grid.querySelectorAll("[tabindex='0']")) old.tabIndex = -1;
    const here = elementAt();
    if (here) here.tabIndex = 0;
    else grid.tabIndex = 0;
    if (here) grid.removeAttribute("tabindex");
  };
  const elementAt = () => {
    const banner = at.line >= 0 && lines[at.line]?.item === undefined;
    return drawn.get(at.line)?.querySelector(`[data-column="${banner ? -1 : at.column}"]`);
  };
  const moveTo = (line, column) => {
    at = { line: Math.max(-1, Math.min(lines.length - 1, line)), column: Math.max(-1, Math.min(columns.length - 1, column)) };
    if (at.line < 0 && at.column < 0) at.column = 0;
    const [w, head] = [columnWidth, HEAD[size()]];
    if (at.line >= 0) {
      const { top } = lines[at.line];
      const bottom = top + heightOf(lines[at.line]);
      if (top < grid.scrollTop) grid.scrollTop = top;
      else if (bottom > grid.scrollTop + grid.clientHeight - head) grid.scrollTop = bottom - grid.clientHeight + head;
    }
    if (at.column >= 0) {
      const [x, room] = [at.column * w, grid.clientWidth - left];
      if (x < grid.scrollLeft) grid.scrollLeft = x;
      else if (x + w > grid.scrollLeft + room) grid.scrollLeft = x + w - room;
    }
    draw();
    elementAt()?.focus({ preventScroll: true });
  };

  const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [12, 0], PageUp: [-12, 0] };
  grid.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step) moveTo(at.line + step[0], at.column + step[1]);
    else if (event.key === "Home") moveTo(event.ctrlKey ? 0 : at.line, event.ctrlKey ? 0 : -1);
    else if (event.key === "End") moveTo(event.ctrlKey ? lines.length - 1 : at.line, columns.length - 1);
    else if (event.key === "Enter" || event.key === " ") event.target.click();
    else return;
    event.preventDefault();
  });
  grid.addEventListener("focusin", (event) => {
    const { line, column } = event.target.dataset;
    if (line === undefined || (at.line === Number(line) && at.column === Number(column))) return;
    at = { line: Number(line), column: Number(column) };
    focusable();
  });
  grid.addEventListener("click", (event) => {
    const hitCell = event.target.closest("[data-line]");
    if (!hitCell) return;
    const [line, column] = [Number(hitCell.dataset.line), Number(hitCell.dataset.column)];
    at = { line, column };
    focusable();
    if (hitCell.dataset.row === undefined) return;
    const rows = rowsAt(lines[line].item, columns[column]);
    select(Number(hitCell.dataset.row), rows);
  });

  /** Opens the panel about a row of a cell. */
  const select = (row, rows = rowsAt(NOW_ITEM[row], ROW_DOCUMENT[row])) => {
    open = row;
    refresh();
    Panel.show(row, rows);
  };
  const close = () => {
    open = -1;
    refresh();
    elementAt()?.focus({ preventScroll: true });
  };
  const refresh = () => {
    range = "";
    draw();
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  };
  grid.addEventListener("scroll", soon, { passive: true });
  new ResizeObserver(soon).observe(grid);

  return {
    fill,
    move,
    show,
    select,
    close,
    refresh,
    rowsAt,
    layout: () => ({ lines, columns }),
    setWide: (to) => {
      wide = to;
    },
  };
})();

/** Accepted, under review and unmapped rows of a document as a bar. */
const barOf = (document) => {
  const d = DOCUMENTS[document];
  const part = (n, decision) => el("i", { className: T.decisions[decision].name, width: `${(100 * n) / (d.rows || 1)}%` });
  return el("span", { className: "bar", aria: { hidden: "true" } }, ...d.counts.map(part));
};
