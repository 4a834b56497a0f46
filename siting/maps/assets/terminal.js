// Ports and stations, where chains change between truck and ship or rail: marks, list and panel.
const TERMINALS = { port: "square", station: "diamond" }; // kind, which is also its layer, to shape

function terminalKinds() {
  return Object.keys(TERMINALS).filter((kind) => DATA.terminals.some((row) => row[1] === kind));
}

// Terminals that handle anything this year under the filter of commodities, largest first.
function terminalsShown() {
  const found = new Map();
  for (const [place, kind, commodity, handled] of DATA.terminals) {
    if (state.commodity >= 0 && commodity !== state.commodity) continue;
    const sum = found.get(place) || { place, kind, t: 0 };
    sum.t += handled[state.t];
    found.set(place, sum);
  }
  return [...found.values()].filter(({ t }) => t > 0).sort((a, b) => b.t - a.t || a.place - b.place);
}

function isTerminal(place) {
  return DATA.terminals.some((row) => row[0] === place);
}

function terminalLook(kind) {
  return { color: "#111", weight: 1.2, fillColor: DATA.terminal_colours[kind], fillOpacity: 1 };
}

function terminalSwatch(kind) {
  const { color, fillColor } = terminalLook(kind);
  return swatch(18, 14, shapePath(TERMINALS[kind], 9, 7, 5, { fill: fillColor, stroke: color }));
}

function drawTerminals(near) {
  for (const row of terminalsShown().reverse()) {
    if (!state.layers.has(row.kind)) continue;
    const faint = near && row.place !== state.place && !near.has(row.place);
    const fade = faint ? { opacity: 0.3, fillOpacity: 0.25 } : {};
    add({ ...terminalLook(row.kind), ...fade, shape: TERMINALS[row.kind], spot: row.place, radius: 4.2 }, "terminal", row);
  }
}

function terminalLine({ place, kind }) {
  const row = keptLine(`like ${kind}`, () => el("tr", {}, chooser(),
    markCell(terminalSwatch(kind), word(kind)), el("td", { class: "number" }))).cloneNode(true);
  const [head, , handled] = row.children;
  return { row, button: leadTo(head, place), handled };
}

function drawTerminalTable() {
  const rows = terminalsShown();
  document.getElementById("terminals").hidden = !rows.length;
  const lines = rows.map((terminal) => {
    const line = keptLine(`terminal ${terminal.place}`, () => terminalLine(terminal));
    markLine(line, terminal.place);
    write(line.handled, tonnes(terminal.t));
    return line.row;
  });
  drawList("terminal-table", "terminals-title", ["terminal", "terminal_kind", "handled"], lines);
}

// What the chosen terminal handles, a row for each commodity and a column for each period.
function terminalFacts() {
  const rows = DATA.terminals.filter((row) => row[0] === state.place);
  const [, kind] = rows[0];
  const line = ([, , commodity, handled]) => [both(DATA.commodities[commodity]), ...handled.map((t) => tonnes(t))];
  const sums = DATA.periods.map((_, t) => tonnes(rows.reduce((sum, row) => sum + row[3][t], 0)));
  const body = rows.length > 1 ? [...rows.map(line), [word("all"), ...sums]] : rows.map(line);
  return el("div", { class: "terminal" }, el("h3", {}, terminalSwatch(kind), word(kind)),
    table(word("handled_by_period"), ["", ...DATA.periods.map(String)], body));
}
