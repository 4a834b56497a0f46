// The marks on the map, gathered anew on every change, big marks on top.
const GREYS = ["#c9c6bd", "#9a9c9b", "#656b70", "#2c343b"]; // supply or share collected, by quarters
const LARGEST = { flow: 7, hub: 24, source: 8 }; // line width and radii in pixels
const LAND = { fill: "#f5f3ee", line: "#bdb8ab" };

const NOTHING = 1e-9; // stands for the largest of no values, so that nothing divides by zero

function largest(rows, values) {
  return rows.reduce((most, row) => Math.max(most, ...values(row)), NOTHING);
}

function measure() {
  most = {
    flow: largest(DATA.flows, (row) => row[4]),
    hub: largest(DATA.hubs, (hub) => hub.throughput_t),
  };
}

// Size of a mark: length of line width or radius grows with the root, so areas stay true.
function size(kind, t, top = most[kind]) {
  return LARGEST[kind] * Math.sqrt(t / top);
}

function drawLand() {
  const stroke = state.layers.has("outlines");
  const look = { color: LAND.line, weight: stroke ? 0.8 : 0, stroke, fill: true, fillColor: LAND.fill,
    fillOpacity: 1, interactive: false };
  for (const { chart, land, sheaf, pens } of sheets) {
    const own = { ...look, renderer: pens[0] };
    land.clearLayers();
    const shapes = sheaf ? [new Land(chart, own)] : lands.map((rings) => L.polygon(rings.map((ring) => [ring]), own));
    shapes.forEach((shape) => land.addLayer(shape));
  }
}

// Upper ends of the lower three classes of supply: quarters of the sources, by their number.
function supplyClasses(rows) {
  return [0.75, 0.5, 0.25].map((part) => rows[Math.floor(part * (rows.length - 1))]?.supply || 0);
}

function sourceShade(row, ends, technologies) {
  if (state.shade === "catchment") return technologies.get(mainHub(row))?.colour || "#fff";
  if (state.shade === "collected") return GREYS[Math.min(3, Math.floor((4 * row.collected) / row.supply))];
  return GREYS[ends.filter((end) => row.supply > end).length];
}

function drawSources(rows, technologies) {
  const ends = supplyClasses(rows);
  most.source = rows.length ? rows[0].supply : NOTHING;
  for (const row of rows) {
    const faint = state.place >= 0 && !isTerminal(state.place) && !row.hubs.has(state.place);
    const edge = state.shade === "catchment" ? { weight: 0.5, color: "#444" } : { stroke: false };
    const look = { ...edge, fillColor: sourceShade(row, ends, technologies), fillOpacity: faint ? 0.16 : 0.85, opacity: faint ? 0.2 : 1 };
    const radius = Math.max(0.9, size("source", row.supply));
    add({ ...look, shape: "circle", spot: row.place, radius }, "source", row);
  }
}

function drawFlows() {
  const chosen = (row) => state.place >= 0 && touches(row, state.place);
  for (const row of flowsDrawn()) {
    const mode = DATA.modes[row[2]];
    const weight = Math.max(0.5, size("flow", row[4][state.t]));
    const opacity = state.place < 0 ? 0.55 : chosen(row) ? 0.9 : 0.07;
    const look = { color: mode.colour, _dashArray: dashes(mode, weight), lineCap: "butt", weight, opacity };
    add({ ...look, shape: "line", spot: row[0], to: row[1] }, "flow", row);
  }
}

function sinksShown() {
  const found = new Map();
  for (const [place, commodity, inflow] of DATA.sinks) {
    if (state.commodity >= 0 && commodity !== state.commodity) continue;
    found.set(place, (found.get(place) || 0) + inflow[state.t]);
  }
  return found;
}

function drawSinks(near) {
  for (const [place, t] of sinksShown()) {
    const fade = near && !near.has(place) ? { opacity: 0.25, fillOpacity: 0.2 } : {};
    const look = { color: "#222", weight: 1.3, fillColor: t > 0 ? "#222" : "#fff", fillOpacity: 1 };
    add({ ...look, ...fade, shape: "triangle", spot: place, radius: 4.6 }, "sink", { place, t });
  }
}

function drawMarks() {
  const chosen = state.place >= 0 ? flowsShown().filter((row) => touches(row, state.place)) : null;
  const near = chosen && new Set(chosen.flatMap((row) => [row[0], row[1]]));
  const rows = state.layers.has("sources") ? supplies() : [];
  const technologies = mainTechnologies();
  drawSources(rows, technologies);
  if (state.layers.has("flows")) drawFlows();
  if (state.layers.has("candidates")) drawCandidates();
  if (state.layers.has("eco_towns")) drawEcoTowns();
  if (state.layers.has("sinks")) drawSinks(near);
  drawTerminals(near);
  drawGathered();
  sheets.forEach(drawHubs);
  drawNames();
}
