// The left column: every mark explained beside the box that shows or hides it.
function swatch(width, height, ...shapes) {
  return el("svg", { width, height, class: "swatch", "aria-hidden": "true" }, ...shapes);
}

function lineSwatch(mode) {
  const look = { stroke: mode.colour, "stroke-width": 3, "stroke-dasharray": dash(mode, 3) };
  return swatch(34, 12, el("line", { x1: 1, y1: 6, x2: 33, y2: 6, ...look }));
}

function layerSwatch(layer) {
  const grey = { fill: "none", stroke: "#77736a" };
  return {
    hubs: () => disc({ colour: "#fff", ink: "#111", letter: "" }, 6.5),
    sinks: () => swatch(18, 14, shapePath("triangle", 9, 7, 4.6, { fill: "#222" })),
    port: () => terminalSwatch("port"),
    station: () => terminalSwatch("station"),
    sources: () => swatch(18, 14, el("circle", { cx: 9, cy: 7, r: 4, fill: GREYS[2] })),
    eco_towns: () => swatch(18, 14, shapePath("pentagon", 9, 7, 6, { fill: "none", stroke: PENTAGON.color, "stroke-width": 1.3 })),
    candidates: () => swatch(18, 14, el("circle", { cx: 9, cy: 7, r: 3.2, ...grey })),
    outlines: () =>
      swatch(18, 14, el("rect", { x: 2, y: 2, width: 14, height: 10, fill: LAND.fill, stroke: LAND.line })),
  }[layer]();
}

function box(checked, change, ...content) {
  const input = el("input", { type: "checkbox", checked });
  input.addEventListener("change", () => change(input.checked));
  return el("label", { class: "box" }, input, ...content);
}

function toggle(set, item, on) {
  if (on) set.add(item);
  else set.delete(item);
  show({ land: item === "outlines" });
}

function layerBox(layer, ...below) {
  const change = (on) => toggle(state.layers, layer, on);
  const label = el("span", {}, word(layer));
  return el("div", { class: "layer" },
    box(state.layers.has(layer), change, layerSwatch(layer), label), ...below);
}

function note(text) {
  return el("p", { class: "note" }, text);
}

function round(t) {
  const power = 10 ** Math.floor(Math.log10(t || 1));
  return Math.floor(t / power) * power;
}

// Three true sizes: the largest round value and about a fifth and a fiftieth of it.
function keyValues(kind) {
  if (most[kind] === NOTHING) return [];
  return [...new Set([1, 0.2, 0.02].map((part) => round(most[kind] * part)))].filter((t) => t > 0);
}

function discKey() {
  const values = keyValues("hub").filter((t) => size("hub", t) > 1);
  const discs = values.map((t) => {
    const r = size("hub", t);
    const circle = el("circle", { cx: r + 1, cy: r + 1, r, fill: "#fff", stroke: "#222" });
    return el("li", {}, swatch(2 * r + 2, 2 * r + 2, circle), tonnes(t) + word("per_year"));
  });
  return el("ul", { class: "sizes" }, ...discs);
}

function widthKey() {
  const lines = keyValues("flow").map((t) => {
    const line = el("line", { x1: 0, y1: 6, x2: 30, y2: 6, stroke: "#444", "stroke-width": size("flow", t) });
    return el("li", {}, swatch(30, 12, line), tonnes(t) + word("per_year"));
  });
  return el("ul", { class: "sizes" }, ...lines);
}

function shadeItems() {
  const circle = (fill, text, edge = {}) =>
    el("li", {}, swatch(12, 12, el("circle", { cx: 6, cy: 6, r: 5, fill, ...edge })), text);
  if (state.shade === "collected") {
    return ["0–25 %", "25–50 %", "50–75 %", "75–100 %"].map((range, n) => circle(GREYS[n], range));
  }
  if (state.shade === "catchment") return [circle("#fff", word("no_hub"), { stroke: "#444" })];
  const ends = supplyClasses(supplies());
  const ranges = [`≤ ${tonnes(ends[0])}`, `≤ ${tonnes(ends[1])}`, `≤ ${tonnes(ends[2])}`, `> ${tonnes(ends[2])}`];
  return ranges.map((range, n) => circle(GREYS[n], range));
}

function shadeChoice() {
  const options = ["supply", "collected", "catchment"].map((shade) =>
    el("option", { value: shade, selected: shade === state.shade }, word(`shade_${shade}`)));
  const select = el("select", { id: "shade" }, ...options);
  select.addEventListener("change", () => {
    state.shade = select.value;
    show();
  });
  return el("div", { class: "choice inner" }, el("label", { for: "shade" }, word("shade")), select,
    el("ul", { class: "sizes", id: "shades" }));
}

function technologyBoxes() {
  const boxes = [...DATA.technologies.keys()].filter(touched).map((g) => {
    const technology = DATA.technologies[g];
    return box(state.technologies.has(g), (on) => toggle(state.technologies, g, on), disc(technology, 8),
      el("span", {}, both(technology.name)));
  });
  return el("div", { class: "technologies", role: "group", "aria-label": word("technology") }, ...boxes);
}

function scenarioChoice() {
  if (DATA.plans.length < 2) return "";
  const options = DATA.plans.map(({ title }, n) => el("option", { value: n, selected: n === state.plan }, both(title)));
  const select = el("select", { id: "scenario" }, ...options);
  select.addEventListener("change", () => choosePlan(Number(select.value)));
  return el("div", { class: "choice" }, el("label", { for: "scenario" }, word("scenario")), select, note(word("scenario_key")));
}

// Flows that the page does not hold, and those it holds and leaves out among larger ones.
function othersText() {
  const rows = DATA.others.filter((_, k) => state.commodity < 0 || k === state.commodity);
  const [n, t] = [0, 1].map((c) => rows.reduce((sum, row) => sum + row[c][state.t], 0));
  const tonnesOf = (flows) => flows.reduce((sum, row) => sum + row[4][state.t], 0);
  const [shown, drawn] = [flowsShown(), flowsDrawn()];
  const left = n + shown.length - drawn.length;
  if (left > 0) return word("others", { n: number(left), t: tonnes(t + tonnesOf(shown) - tonnesOf(drawn)) });
  return word(shown.length ? "no_others" : "no_flows");
}

function commodityChoice() {
  const options = [[-1, word("all")], ...DATA.commodities.map((pair, k) => [k, both(pair)])];
  const select = el("select", { id: "commodity" },
    ...options.map(([k, name]) => el("option", { value: k, selected: k === state.commodity }, name)));
  select.addEventListener("change", () => {
    state.commodity = Number(select.value);
    show();
  });
  return el("div", { class: "choice" }, el("label", { for: "commodity" }, word("commodity")), select);
}

function modeBoxes() {
  const boxes = DATA.modes.map((mode, m) =>
    el("div", { class: "layer" },
      box(state.modes.has(m), (on) => toggle(state.modes, m, on), lineSwatch(mode), both(mode.name))));
  return el("fieldset", { class: "modes" }, el("legend", {}, word("modes")), ...boxes,
    widthKey(), note(word("flows_key")), DATA.terminals.length ? note(word("lines_key")) : "", el("p", { class: "note", id: "others" }));
}

// What the legend shows depends on; of the year only the shades and the flows left out do.
let explained = "";

function drawLegend() {
  const { plan, language, commodity, shade, layers, technologies, modes } = state;
  const now = [plan, language, commodity, shade, ...[layers, technologies, modes].map((set) => [...set])].join("|");
  if (now !== explained) explain();
  explained = now;
  fill("shades", ...shadeItems());
  fill("others", othersText());
}

// The box last used keeps the focus.
function explain() {
  const legend = document.getElementById("legend");
  const controls = () => [...legend.querySelectorAll("input, select")];
  const place = controls().indexOf(document.activeElement);
  legend.setAttribute("aria-label", word("controls"));
  legend.replaceChildren(
    scenarioChoice(), commodityChoice(),
    el("fieldset", {}, el("legend", {}, word("layers")),
      layerBox("hubs", technologyBoxes(), discKey(), note(word("hubs_key")), note(word("chosen_key"))),
      layerBox("sources", shadeChoice(), note(word("sources_key"))),
      layerBox("sinks", note(word("sinks_key"))),
      ...terminalKinds().map((kind) => layerBox(kind)),
      terminalKinds().length ? note(word("terminals_key")) : "",
      DATA.candidates.length ? layerBox("candidates", note(word("candidates_key"))) : "",
      DATA.eco_towns.length ? layerBox("eco_towns") : "",
      lands.length ? layerBox("outlines") : ""),
    modeBoxes());
  if (place >= 0) controls()[place]?.focus();
}
