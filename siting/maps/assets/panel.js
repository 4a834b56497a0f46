// The right column: figures of the year, the chosen hub, all hubs as a table, cost and targets.
function tile(key, value, below = "") {
  return el("div", { class: "tile" }, el("dt", {}, word(key)), el("dd", {}, value, el("small", {}, below)));
}

function drawFigures() {
  const now = (name) => DATA.totals[name][state.t];
  const running = DATA.hubs.filter((hub) => hub.capacity_t[state.t] > 0);
  const sites = new Set(running.map((hub) => hub.place)).size;
  const share = word("of_supply", { p: percent(now("collected_t"), now("supply_t")) });
  const heading = word("year_figures", { year: DATA.periods[state.t] });
  fill("figures", el("h2", {}, heading), el("dl", { class: "tiles" },
    tile("running_hubs", number(running.length), word("at_sites", { n: number(sites) })),
    tile("collected", tonnes(now("collected_t")), share),
    tile("cost", yen(now("cost_jpy"))),
    tile("kgco2e", co2(now("kgco2e"))),
    tile("haul", now("flow_t") > 0 ? `${number(now("tkm") / now("flow_t"))} km` : "–")));
}

// Cells from column `numbers` on stand to the right.
function table(caption, head, rows, numbers = 1) {
  const isHeaded = head.some(Boolean);
  const cells = (row) => row.map((cell, n) => el("td", { class: n && n >= numbers ? "number" : null }, cell));
  return el("table", {}, caption ? el("caption", {}, caption) : null,
    isHeaded ? el("thead", {}, el("tr", {}, ...head.map((cell, n) =>
      el(cell ? "th" : "td", { class: n && n >= numbers ? "number" : null, scope: cell ? "col" : null }, cell)))) : null,
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...cells(row)))));
}

const MOST_PRINTED = 15;
let printedHubs = MOST_PRINTED; // rows of hubs on paper, as many as there is room for

// Rows of the lists of hubs and terminals are kept while language and plan stay; a new year
// only writes its figures into them.
let kept = { of: "", lines: new Map() };

function keptLine(key, make) {
  const of = `${state.plan} ${state.language}`;
  if (kept.of !== of) kept = { of, lines: new Map() };
  if (!kept.lines.has(key)) kept.lines.set(key, make());
  return kept.lines.get(key);
}

// The head of a row that leads to a place; rows are copies of one that has none yet.
function chooser() {
  const press = { type: "button", class: "link", "aria-pressed": "false" };
  return el("th", { scope: "row" }, el("button", press), el("small"));
}

function leadTo(head, place) {
  const [button, where] = head.children;
  button.dataset.place = place;
  button.textContent = placeName(place);
  where.textContent = prefecture(place);
  return button;
}

document.getElementById("results").addEventListener("click", ({ target }) => {
  const place = target.closest("button")?.dataset.place;
  if (place !== undefined) choose(Number(place));
});

// A mark and, for those who do not see it, its name.
function markCell(mark, name) {
  return el("td", { title: name }, mark, el("span", { class: "unseen" }, name));
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function markLine({ row, button }, place, others = "") {
  const chosen = place === state.place;
  const look = [chosen ? "chosen" : "", others].join(" ").trim();
  if (row.className !== look) row.className = look;
  if (button.getAttribute("aria-pressed") !== String(chosen)) button.setAttribute("aria-pressed", String(chosen));
}

// A list whose rows lead to places; the row with the focus keeps it.
function drawList(id, title, head, lines, ...below) {
  const focused = document.activeElement?.dataset?.place;
  const parts = keptLine(id, () => {
    const body = el("tbody", { role: "rowgroup" });
    const titles = head.map((key) => el("th", { scope: "col" }, word(key)));
    return { body, table: el("table", { role: "table", "aria-labelledby": title },
      el("thead", { role: "rowgroup" }, el("tr", {}, ...titles)), body) };
  });
  const now = parts.body.children;
  const isSame = now.length === lines.length && lines.every((line, n) => line === now[n]);
  if (!isSame) parts.body.replaceChildren(...lines);
  if (parts.table.parentElement?.id !== id) fill(id, parts.table);
  while (parts.table.nextSibling) parts.table.nextSibling.remove();
  parts.table.after(...below.filter((part) => part !== null));
  if (focused) document.querySelector(`#${id} [data-place="${focused}"]`)?.focus();
}

function hubLine(hub) {
  const figure = () => el("td", { class: "number" });
  const row = keptLine(`like ${hub.technology}`, () => {
    const technology = DATA.technologies[hub.technology];
    return el("tr", {}, figure(), chooser(), markCell(disc(technology, 8), both(technology.name)), figure(), figure());
  }).cloneNode(true);
  const [rank, head, , treated, used] = row.children;
  return { row, button: leadTo(head, hub.place), rank, treated, used };
}

// What is searched in: the words of a row in both languages.
function sought(hub) {
  const [p, technology] = [DATA.places, DATA.technologies[hub.technology]];
  const words = [p.name_ja[hub.place], p.name_en[hub.place], p.pref_ja[hub.place],
    PREFECTURES.get(p.pref_ja[hub.place]) || "", p.key[hub.place], technology.letter, ...technology.name];
  return words.join("\n").toLowerCase().includes(state.search.trim().toLowerCase());
}

function drawHubTable() {
  const hubs = hubsShown().filter(sought);
  if (!hubs.length) return fill("hub-table", note(word("no_hubs")));
  const lines = hubs.map((hub, rank) => {
    const line = keptLine(hub, () => hubLine(hub));
    markLine(line, hub.place, rank < printedHubs ? "" : "unprinted");
    write(line.rank, String(rank + 1));
    write(line.treated, tonnes(hub.throughput_t[state.t]));
    write(line.used, percent(hub.throughput_t[state.t], hub.capacity_t[state.t]));
    return line.row;
  });
  const cut = hubs.length > printedHubs
    ? el("p", { class: "note printed" }, word("hub_list_cut", { k: printedHubs, n: hubs.length })) : null;
  drawList("hub-table", "hubs-title", ["rank", "hub", "technology", "throughput", "utilisation"], lines, cut);
}

// Frames show capacity, filled bars throughput; the figures stand above the bars.
function bars(hub) {
  const technology = DATA.technologies[hub.technology];
  const top = Math.max(...hub.capacity_t, ...hub.throughput_t, 1e-9);
  const step = 330 / DATA.periods.length;
  const columns = DATA.periods.flatMap((year, t) => {
    const [x, width] = [t * step + 5, Math.min(step - 10, 60)];
    const bar = (value, look) =>
      el("rect", { x, width, y: 84 - (64 * value) / top, height: (64 * value) / top, ...look });
    const text = (y, content) =>
      el("text", { x: x + width / 2, y, "text-anchor": "middle", "font-weight": t === state.t ? 700 : null }, content);
    const above = 80 - (64 * Math.max(hub.capacity_t[t], hub.throughput_t[t])) / top;
    return [bar(hub.capacity_t[t], { fill: "#fff", stroke: "#333" }),
      bar(hub.throughput_t[t], { fill: technology.colour, stroke: "#333" }),
      text(above, hub.throughput_t[t] > 0 ? tonnes(hub.throughput_t[t]) : ""), text(97, String(year)),
      text(109, percent(hub.throughput_t[t], hub.capacity_t[t]))];
  });
  const said = DATA.periods.map((year, t) =>
    `${year}: ${tonnes(hub.throughput_t[t])} / ${tonnes(hub.capacity_t[t])}, ${percent(hub.throughput_t[t], hub.capacity_t[t])}`);
  const label = `${word("by_period")}. ${said.join("; ")}`;
  return el("svg", { viewBox: "0 0 335 112", class: "bars", role: "img", "aria-label": label }, ...columns);
}

function hubFacts(hub) {
  const technology = DATA.technologies[hub.technology];
  const [now, capacity] = [hub.throughput_t[state.t], hub.capacity_t[state.t]];
  const lines = hub.sizes.filter(([, n]) => n[state.t] > 0).map(([name, n]) => `${both(name)} × ${n[state.t]}`);
  const spent = hub.opening_jpy.slice(0, state.t + 1).reduce((sum, jpy) => sum + jpy, 0);
  const rows = [["throughput", tonnes(now)], ["capacity", tonnes(capacity)],
    ["utilisation", percent(now, capacity)], ["lines", lines.join(", ") || "–"], ["opening_total", yen(spent)]];
  return el("div", {}, el("h3", {}, disc(technology, 8), both(technology.name)), facts(rows),
    bars(hub), note(word("bars_key")));
}

function facts(rows) {
  return el("dl", { class: "facts" },
    ...rows.flatMap(([key, value]) => [el("dt", {}, word(key)), el("dd", {}, value)]));
}

// The five largest partners by commodity, and how many flows the map leaves out.
function partners(key, here, there, count) {
  const rows = DATA.flows.filter((row) => row[here] === state.place && row[4][state.t] > 0);
  if (!rows.length && !count) return null;
  rows.sort((a, b) => b[4][state.t] - a[4][state.t]);
  const line = (row) => [placeName(row[there]), both(DATA.commodities[row[3]]),
    el("span", {}, both(DATA.modes[row[2]].name), servicesOf(row) ? el("small", {}, servicesOf(row)) : ""), tonnes(row[4][state.t])];
  const left = count - rows.length;
  return el("div", {},
    table(word(key), ["hub", "commodity", "modes", "flow"].map((k, n) => (n ? word(k) : "")), rows.slice(0, 5).map(line), 3),
    left > 0 ? note(word("undrawn", { n: number(left) })) : null);
}

function drawChosen() {
  const section = document.getElementById("chosen");
  section.hidden = state.place < 0;
  if (state.place < 0) return section.replaceChildren();
  const where = [prefecture(state.place), both(DATA.places.detail[state.place])];
  section.replaceChildren(
    el("button", { type: "button", class: "close", onclick: () => choose(-1) }, word("close")),
    el("h2", {}, placeName(state.place)), note(where.filter(Boolean).join(" · ")),
    ...(isTerminal(state.place) ? [terminalFacts()] : siteFacts()),
    partners("from", 1, 0, siteSum("in_n")) || "", partners("to", 0, 1, siteSum("out_n")) || "",
    siteAccount());
}

function siteSum(name) {
  return (DATA.sites[state.place]?.[name] || [])[state.t] || 0;
}

function siteFacts() {
  const hubs = DATA.hubs.filter((hub) => hub.place === state.place && handles(hub.technology));
  const running = hubs.some((hub) => hub.capacity_t[state.t] > 0);
  const inbound = siteSum("in_flow_t");
  const sure = both(DATA.places.confidence[state.place]);
  const own = catchmentOf(state.place);
  const arising = tonnes(own.reduce((sum, { supply }) => sum + supply, 0));
  const rows = [["catchment", word("catchment_of", { n: number(own.length), t: arising })],
    ["inbound", tonnes(inbound)], ["outbound", tonnes(siteSum("out_flow_t"))],
    ["haul", inbound > 0 ? `${number(siteSum("in_tkm") / inbound)} km` : "–"],
    ["inbound_cost", yen(siteSum("in_cost_jpy")) + word("per_year")]];
  if (sure) rows.push(["confidence", sure]);
  return [running ? "" : note(word("idle")), ...hubs.map(hubFacts), facts(rows)];
}

function drawTables() {
  const costs = DATA.costs.map(([name, jpy]) => [both(name), yen(jpy[state.t])]);
  const targets = DATA.targets.map(([k, least, reached]) => {
    const met = reached[state.t] >= least[state.t] - 5e-4;
    return [both(DATA.commodities[k]), percent(least[state.t], 1), percent(reached[state.t], 1), word(met ? "met" : "missed")];
  });
  const head = ["commodity", "target", "share_collected"].map((key) => word(key));
  fill("tables",
    targets.length ? table(word("targets"), [...head, ""], targets) : null,
    costs.length ? table(word("costs"), ["", ""], costs) : null);
}

// What proves the plan and whom the data are by stands open; the rest is a press away.
function drawProvenance() {
  const p = DATA.provenance;
  const item = (key, text) => (text ? el("p", {}, el("b", {}, word(key)), " ", text) : null);
  const vintages = p.vintages.map(([ja, en, years]) => `${both([ja, en])} ${years}`);
  const libraries = "Leaflet 1.9.3 (BSD-2-Clause), jQuery 3.7.1 (MIT)";
  const open = document.querySelector("#provenance details")?.open || false;
  fill("provenance",
    item("proof", both(p.proof)), item("study", p.study), item("config", p.config), item("solver", p.solver),
    item("credits", [...p.credits.map(both), libraries].join(" · ")),
    el("details", { open }, el("summary", {}, word("provenance_more")),
      item("vintages", vintages.join(" · ")), item("model", both(p.model)), item("versions", p.versions)));
}
