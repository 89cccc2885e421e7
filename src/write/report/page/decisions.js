// What the reviewer decides: kept in the browser for this run alone, saved as a file.

/** By row: the number of the item it has now, and 1 where somebody decided so. */
const NOW_ITEM = ROW_ITEM.slice();
const DECIDED = new Uint8Array(COUNT);

const Decisions = (() => {
  const KEY = `torikomi:${document.documentElement.dataset.run}`;
  const made = new Map();
  const past = [];
  let unsaved = false;
  let kept = true;

  /** By the row's name: its document's file and its number there. */
  const nameOfRow = (row) => `${documentOf(row).file}\n${numberOf(row)}`;
  const rowOfName = new Map();
  const named = (file, number) => {
    if (!rowOfName.size) DOCUMENTS.forEach((d) => rowOfName.set(d.file, d));
    const d = rowOfName.get(file);
    return d && number >= 1 && number <= d.rows ? d.first + number - 1 : -1;
  };

  const keep = () => {
    try {
      const all = [...made].map(([row, d]) => [nameOfRow(row), d]);
      localStorage.setItem(KEY, JSON.stringify(all));
      kept = true;
    } catch {
      kept = false;
    }
    $("not-kept").hidden = kept;
  };

  const recall = () => {
    try {
      for (const [name, d] of JSON.parse(localStorage.getItem(KEY) || "[]")) {
        const [file, number] = name.split("\n");
        const row = named(file, Number(number));
        if (row >= 0 && isDecision(d)) set(row, d);
      }
    } catch {
      keep();
    }
  };

  const isDecision = (d) => d && typeof d.item === "string" && (d.item === "none" || numberOfItem(d.item) > 0);
  const numbers = new Map(ITEMS.map((item, at) => [item.id, at + 1]));
  const numberOfItem = (id) => numbers.get(id) || 0;

  const today = () => {
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };

  const set = (row, decision) => {
    if (decision) made.set(row, decision);
    else made.delete(row);
    DECIDED[row] = decision ? 1 : 0;
    NOW_ITEM[row] = decision ? numberOfItem(decision.item) : ROW_ITEM[row];
  };
  const put = (row, decision) => {
    set(row, decision);
    unsaved = true;
    keep();
    document.dispatchEvent(new CustomEvent("decided", { detail: row }));
  };

  addEventListener("beforeunload", (event) => {
    if (unsaved && !kept && made.size) event.preventDefault();
  });

  return {
    recall,
    of: (row) => made.get(row),
    count: () => made.size,
    /** Whether a row still waits. */
    isOpen: (row) => ROW_DECISION[row] !== ACCEPTED && !DECIDED[row],
    /** Decides a row: an item's number, or 0 for none. */
    decide: (row, item) => {
      const before = made.get(row);
      past.push([row, before]);
      put(row, { item: item ? itemAt(item).id : "none", remark: before?.remark || "", date: today() });
    },
    /** Writes a remark beside a decision. */
    remark: (row, remark) => {
      const d = made.get(row);
      if (d && d.remark !== remark) put(row, { ...d, remark });
    },
    /** Takes the last decision back; the row it was about, -1 for none. */
    undo: () => {
      if (!past.length) return -1;
      const [row, before] = past.pop();
      put(row, before);
      return row;
    },
    /** The file that `torikomi learn` reads. */
    file: () => {
      const rows = [...made.keys()].sort((a, b) => a - b);
      const line = (row) => {
        const { item, remark, date } = made.get(row);
        const said = { document: documentOf(row).file, row: numberOf(row), item_id: item, date };
        return JSON.stringify(remark ? { ...said, remark } : said);
      };
      return rows.map((row) => `${line(row)}\n`).join("");
    },
    saved: () => {
      unsaved = false;
    },
    /** Takes a saved file; how many of its decisions are about rows of this run. */
    load: (text) => {
      let taken = 0;
      for (const line of text.split(/\r?\n/)) {
        try {
          const { document: file, row: number, item_id: item, remark, date } = JSON.parse(line);
          const row = named(file, Number(number));
          const d = { item, remark: String(remark || ""), date: String(date || today()) };
          if (row < 0 || !isDecision(d)) continue;
          set(row, d);
          taken += 1;
        } catch {
          // A line that is no decision: the count tells how many were.
        }
      }
      past.length = 0;
      keep();
      return taken;
    },
  };
})();
