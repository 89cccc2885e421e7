// The page: its views, filters, keys.

const Page = (() => {
  const VIEWS = ["matrix", "review", "documents"];
  const view = () => VIEWS.find((name) => !$(name).hidden);
  const open = (name) => {
    for (const other of VIEWS) {
      $(other).hidden = other !== name;
      $(`tab-${other}`).setAttribute("aria-selected", other === name);
      $(`tab-${other}`).tabIndex = other === name ? 0 : -1;
    }
    if (name === "matrix") update();
    if (name === "review") Review.collect();
    if (name === "documents" && !$("document-list").hasChildNodes()) DocumentList.start();
  };

  const update = () => {
    const found = Filter.apply();
    Matrix.show(found);
    const said = `${found.items.length} ${T.items_unit} × ${found.documents.length} ${T.documents_unit} · ${found.rows.toLocaleString()} ${T.rows_unit}`;
    $("shown").value = said;
    return said;
  };
  let timer = 0;
  /** Filters now; tells it when the typing has stopped. */
  const filter = () => {
    const said = update();
    clearTimeout(timer);
    timer = setTimeout(() => say(said), 500);
  };

  const chip = (group, value, ...words) => {
    const made = el("button", { type: "button", className: "chip", data: { group, value }, aria: { pressed: false } }, ...words);
    return made;
  };
  const filters = () => {
    const sections = [el("option", { value: "" }, T.every_section)];
    const seen = new Set();
    let group = null;
    let catalog = null;
    for (const item of ORDER.map(itemAt)) {
      if (item.catalog === null) continue;
      if (item.catalog !== catalog) {
        catalog = item.catalog;
        group = el("optgroup", { label: RUN.catalogs[catalog].title });
        group.append(el("option", { value: `c${catalog}` }, `${RUN.catalogs[catalog].id} (${T.all_sections})`));
        sections.push(group);
      }
      const key = Filter.sectionKey(item);
      if (!seen.has(key)) group.append(el("option", { value: key }, item.section || T.no_section));
      seen.add(key);
    }
    $("section").append(...sections);
    const [statuses, decisions] = [new Map(), new Map()];
    for (let row = 0; row < COUNT; row++) {
      statuses.set(ROW_STATUS[row], (statuses.get(ROW_STATUS[row]) || 0) + 1);
      decisions.set(ROW_DECISION[row], (decisions.get(ROW_DECISION[row]) || 0) + 1);
    }
    T.statuses.forEach((s, at) => {
      if (statuses.has(at)) $("statuses").append(chip("statuses", at, `${s.symbol} ${s.label} `, el("b", {}, statuses.get(at).toLocaleString())));
    });
    T.decisions.forEach((d, at) => {
      if (decisions.has(at)) $("decisions").append(chip("decisions", at, `${d.label} `, el("b", {}, decisions.get(at).toLocaleString())));
    });
    $("decisions").append(chip("decisions", 3, T.decided));
    $("legend").append(...T.statuses.map((s, at) => el("span", {}, symbol(at), s.label)));
  };

  const { chosen } = Filter;
  const press = (button, on) => button.setAttribute("aria-pressed", on);
  const listen = () => {
    for (const [id, name] of [["search", "text"], ["vendor", "vendor"], ["section", "section"]]) {
      $(id).addEventListener("input", (event) => {
        chosen[name] = event.target.value;
        filter();
      });
    }
    $("matrix").addEventListener("submit", (event) => event.preventDefault());
    $("matrix").addEventListener("click", (event) => {
      const button = event.target.closest(".chip[data-group]");
      if (!button) return;
      const [set, value] = [chosen[button.dataset.group], Number(button.dataset.value)];
      if (!set.delete(value)) set.add(value);
      press(button, set.has(value));
      filter();
    });
    $("absent").addEventListener("click", () => {
      chosen.absent = !chosen.absent;
      press($("absent"), chosen.absent);
      filter();
    });
    $("answers").addEventListener("click", () => setWide($("answers").getAttribute("aria-pressed") !== "true"));
    $("clear").addEventListener("click", () => {
      Object.assign(chosen, { text: "", vendor: "", section: "" });
      for (const id of ["search", "vendor", "section"]) $(id).value = "";
      for (const button of document.querySelectorAll(".chip[data-group]")) press(button, false);
      chosen.statuses.clear();
      chosen.decisions.clear();
      filter();
    });
    for (const name of VIEWS) $(`tab-${name}`).addEventListener("click", () => open(name));
    document.querySelector(".tabs").addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const to = VIEWS[(VIEWS.indexOf(view()) + step + VIEWS.length) % VIEWS.length];
      open(to);
      $(`tab-${to}`).focus();
    });
    $("help-open").addEventListener("click", () => $("help").showModal());
    $("save").addEventListener("click", save);
    $("load").addEventListener("change", async (event) => {
      const [file] = event.target.files;
      if (!file) return;
      const taken = Decisions.load(await file.text());
      afterDecision();
      Matrix.fill();
      update();
      Review.collect();
      say(`${T.loaded} ${taken}`);
      event.target.value = "";
    });
    document.addEventListener("decided", (event) => {
      Matrix.move(event.detail);
      if (view() === "matrix") update();
      afterDecision();
    });
    document.addEventListener("keydown", key);
    addEventListener("resize", () => {
      Matrix.show(Filter.apply());
      Review.draw();
    });
  };
  const setWide = (wide) => {
    Matrix.setWide(wide);
    press($("answers"), wide);
    update();
  };

  const afterDecision = () => {
    let waiting = 0;
    for (let row = 0; row < COUNT; row++) waiting += Decisions.isOpen(row);
    $("open-count").textContent = waiting.toLocaleString();
    $("decided-count").textContent = Decisions.count().toLocaleString();
    $("save").disabled = Decisions.count() === 0;
  };

  const save = () => {
    const address = URL.createObjectURL(new Blob([Decisions.file()], { type: "application/jsonl" }));
    const link = el("a", { href: address, download: "decisions.jsonl" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    Decisions.saved();
    say(`${T.saved} ${Decisions.count()}`);
  };

  const key = (event) => {
    if (event.key === "Escape" && !$("help").open && view() === "matrix") return void Panel.close();
    const typing = event.target.matches("input, select, textarea");
    const on = $("keys-on").checked && !typing && !$("help").open;
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "?") $("help").showModal();
    else if (event.key === "/") {
      if (view() !== "matrix") open("matrix");
      $("search").focus();
    } else if (view() === "review" && Review.key(event.key)) {
      // Done there.
    } else return;
    event.preventDefault();
  };

  const start = () => {
    Decisions.recall();
    Matrix.fill();
    filters();
    listen();
    setWide(DOCUMENTS.length <= 30);
    Review.start();
    afterDecision();
  };
  return { start };
})();

Page.start();
