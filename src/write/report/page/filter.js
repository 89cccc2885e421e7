// Which rows are looked at: typed arrays are set anew, nothing is drawn here.

const Filter = (() => {
  const chosen = { text: "", section: "", vendor: "", statuses: new Set(), decisions: new Set(), absent: false };
  /** 1 for each row that is looked at. */
  const hit = new Uint8Array(COUNT).fill(1);
  const FIELDS = ["text", "mark", "item", "description", "category", "number"];

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  let folded = [];
  /** Folds some texts, so that the first search need not fold all. */
  const foldSome = (most) => {
    const end = Math.min(RUN.strings.length, folded.length + most);
    for (let i = folded.length; i < end; i++) folded.push(fold(RUN.strings[i]));
    return end < RUN.strings.length;
  };
  const foldWhenIdle = () => {
    const later = window.requestIdleCallback || ((f) => setTimeout(f, 50));
    later(() => foldSome(2000) && foldWhenIdle());
  };
  const foldedItems = ITEMS.map((i) => fold([i.id, i.name, i.en, i.section, i.category].filter(Boolean).join("\n")));

  /** Clears the rows in which a word does not stand. */
  const search = (word) => {
    foldSome(Infinity);
    const inString = new Uint8Array(folded.length + 1);
    for (let i = 0; i < folded.length; i++) if (folded[i].includes(word)) inString[i + 1] = 1;
    const inItem = new Uint8Array(ITEMS.length + 1);
    foldedItems.forEach((text, i) => {
      if (text.includes(word)) inItem[i + 1] = 1;
    });
    for (const d of DOCUMENTS) {
      const found = new Uint8Array(d.rows);
      for (const name of FIELDS) {
        const column = d.columns[name];
        if (column) for (let i = 0; i < d.rows; i++) found[i] |= inString[column[i]];
      }
      for (let i = 0, row = d.first; i < d.rows; i++, row++) if (!found[i] && !inItem[ROW_ITEM[row]]) hit[row] = 0;
    }
  };

  const isIn = (item, section) => `c${item.catalog}` === section || sectionKey(item) === section;
  const sectionKey = (item) => `s${item.catalog}\n${item.section || ""}`;

  /** Applies what is chosen: items by number, documents by index, how many rows are looked at. */
  const apply = () => {
    const { statuses, decisions, section } = chosen;
    const words = fold(chosen.text).split(/\s+/).filter(Boolean);
    const vendors = fold(chosen.vendor).split(/\s+/).filter(Boolean);
    const documents = [];
    const byDocument = DOCUMENTS.map((d, at) => {
      const name = fold([d.vendor, d.path, d.title].filter(Boolean).join("\n"));
      const shown = vendors.every((v) => name.includes(v));
      if (shown) documents.push(at);
      return shown;
    });
    const itemShown = ITEMS.map((item) => !section || isIn(item, section));
    for (let row = 0; row < COUNT; row++) {
      const item = NOW_ITEM[row];
      const decision = DECIDED[row] ? 3 : ROW_DECISION[row];
      hit[row] =
        byDocument[ROW_DOCUMENT[row]] &&
        (item ? itemShown[item - 1] : !section) &&
        (!statuses.size || statuses.has(ROW_STATUS[row])) &&
        (!decisions.size || decisions.has(decision))
          ? 1
          : 0;
    }
    words.forEach(search);
    const seen = new Uint8Array(ITEMS.length + 1);
    const has = new Uint8Array(DOCUMENTS.length);
    let rows = 0;
    for (let row = 0; row < COUNT; row++) {
      if (hit[row]) {
        rows += 1;
        seen[NOW_ITEM[row]] = 1;
        has[ROW_DOCUMENT[row]] = 1;
      }
    }
    const narrowed = words.length > 0 || statuses.size > 0 || decisions.size > 0;
    const named = (at) => words.length > 0 && !statuses.size && !decisions.size && words.every((w) => foldedItems[at].includes(w));
    const items = [];
    for (const number of ORDER) {
      const absent = chosen.absent && itemShown[number - 1] && (!narrowed || named(number - 1));
      if (seen[number] || absent) items.push(number);
    }
    // Documents in which nothing is found only stand in the way.
    const across = narrowed || section ? documents.filter((d) => has[d]) : documents;
    return { items, documents: across, rows, narrowed, unmapped: seen[0] === 1 };
  };

  foldWhenIdle();
  return { chosen, hit, apply, sectionKey };
})();
