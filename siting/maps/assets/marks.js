// The marks on the Leaflet map; everything is drawn again on every change, big marks on top.
const GREYS = ["#c9c6bd", "#9a9c9b", "#656b70", "#2c343b"]; // supply or share collected, by quarters
const LARGEST = { flow: 7, hub: 24, source: 8 }; // line width and radii in pixels
const LAND = { fill: "#f5f3ee", line: "#bdb8ab" };

// Corners of marks that are no circles, in radii from the middle.
const SHAPES = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  triangle: [[-1.1, -0.9], [1.1, -0.9], [0, 1.1]],
  pentagon: [0, 1, 2, 3, 4].map((n) => [Math.sin(n * 1.2566), -Math.cos(n * 1.2566)]),
};

const Shape = L.CircleMarker.extend({
  _updatePath() {
    const { x, y } = this._point;
    const r = this._radius;
    this._parts = [SHAPES[this.options.shape].map(([dx, dy]) => L.point(x + dx * r, y + dy * r))];
    this._renderer._updatePoly(this, true);
  },
});

function shapePath(shape, x, y, r, look) {
  const corners = SHAPES[shape].map(([dx, dy]) => `${x + dx * r} ${y + dy * r}`);
  return el("path", { d: `M${corners.join("L")}Z`, ...look });
}

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

function at(i) {
  return [DATA.places.lat[i], DATA.places.lon[i]];
}

const lands = DATA.outlines.map((outline) => outline.rings.map(unpacked));

// A sheet is a map to draw on: the main one, and an inset for the islands left out of its view.
function sheetOn(chart, within) {
  const holds = (place) => within(at(place));
  chart.createPane("land").style.zIndex = 200;
  const land = L.layerGroup().addTo(chart);
  return { chart, within, holds, land, marks: L.featureGroup().addTo(chart), pens: [] };
}

function insetSheet({ name, view }, number) {
  const frame = el("div", { class: `inset inset-${number}` });
  map.getContainer().parentElement.append(frame);
  const still = { zoomControl: false, attributionControl: false, dragging: false, keyboard: false,
    scrollWheelZoom: false, doubleClickZoom: false, boxZoom: false, touchZoom: false, zoomSnap: 0 };
  const chart = L.map(frame, still).fitBounds(view, { animate: false });
  const area = L.latLngBounds(view);
  frame.append(el("p", { class: "inset-title", "data-word": name }));
  return { ...sheetOn(chart, (spot) => area.contains(spot)), view };
}

const main = sheetOn(map, () => true);
const sheets = [main, ...DATA.insets.map(insetSheet)];
let sheet = main; // the one being drawn on

// Chromium prints stacked canvases opaque, so printing draws with SVG.
function takePens(pen) {
  for (const each of sheets) {
    each.marks.clearLayers();
    each.land.clearLayers();
    each.pens.forEach((old) => old.remove());
    each.pens = [pen({ pane: "land", padding: 0.4 }), pen({ padding: 0.4 })];
  }
}

function drawLand() {
  const weight = state.layers.has("outlines") ? 0.8 : 0;
  for (sheet of sheets) drawLandOn(sheet, weight);
}

function drawLandOn({ land, pens }, weight) {
  land.clearLayers();
  for (const rings of lands) {
    const look = { color: LAND.line, weight, stroke: weight > 0, fillColor: LAND.fill };
    const shape = rings.map((ring) => [ring]);
    L.polygon(shape, { ...look, fillOpacity: 1, interactive: false, renderer: pens[0] }).addTo(land);
  }
}

function add(layer, kind, row) {
  layer.what = { kind, row };
  sheet.marks.addLayer(layer);
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
    if (!sheet.holds(row.place)) continue;
    const faint = state.place >= 0 && !isTerminal(state.place) && !row.hubs.has(state.place);
    const edge = state.shade === "catchment" ? { weight: 0.5, color: "#444" } : { stroke: false };
    const look = { ...edge, fillColor: sourceShade(row, ends, technologies), fillOpacity: faint ? 0.16 : 0.85, opacity: faint ? 0.2 : 1 };
    const radius = Math.max(0.9, size("source", row.supply));
    add(L.circleMarker(at(row.place), { ...look, radius, renderer: sheet.pens[1] }), "source", row);
  }
}

function drawFlows() {
  const near = ([origin, destination]) => sheet.holds(origin) || sheet.holds(destination);
  const rows = flowsShown().filter(near).sort((a, b) => a[4][state.t] - b[4][state.t]);
  const chosen = (row) => state.place >= 0 && touches(row, state.place);
  if (state.place >= 0) rows.sort((a, b) => chosen(a) - chosen(b));
  for (const row of rows) {
    const mode = DATA.modes[row[2]];
    const weight = Math.max(0.5, size("flow", row[4][state.t]));
    const opacity = state.place < 0 ? 0.55 : chosen(row) ? 0.9 : 0.07;
    const look = { color: mode.colour, dashArray: dash(mode, weight), lineCap: "butt", weight, opacity };
    const line = L.polyline(bend(at(row[0]), at(row[1])), { ...look, renderer: sheet.pens[1] });
    add(line, "flow", row);
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
    if (!sheet.holds(place)) continue;
    const fade = near && !near.has(place) ? { opacity: 0.25, fillOpacity: 0.2 } : {};
    const look = { color: "#222", weight: 1.3, fillColor: t > 0 ? "#222" : "#fff", fillOpacity: 1 };
    add(new Shape(at(place), { ...look, ...fade, shape: "triangle", radius: 4.6, renderer: sheet.pens[1] }), "sink", { place, t });
  }
}

// A disc with its letter inside, or beside it where the disc is too small.
function disc(technology, r, faint = false) {
  const inside = r >= 7;
  const half = Math.max(r, 1) + 1.5;
  const width = 2 * half + (inside ? 0 : 10);
  const look = { fill: technology.colour, stroke: "#222", "stroke-width": 1 };
  const letter = {
    x: inside ? half : 2 * half,
    y: half + (inside ? Math.min(r, 11) * 0.36 : 3),
    "text-anchor": inside ? "middle" : "start",
    "font-size": inside ? Math.min(r, 11) + 1 : 9,
    fill: inside ? technology.ink : "#111",
    class: inside ? null : "halo",
  };
  return el("svg", { width, height: 2 * half, opacity: faint ? 0.35 : null, "aria-hidden": "true" },
    el("circle", { cx: half, cy: half, r, ...look }),
    el("text", letter, technology.letter));
}

function drawHubs() {
  hubsShown().forEach((hub, rank) => {
    if (!sheet.holds(hub.place)) return;
    const r = Math.max(2.5, size("hub", hub.throughput_t[state.t]));
    const faint = state.place >= 0 && hub.place !== state.place;
    const html = disc(DATA.technologies[hub.technology], r, faint);
    const half = Math.max(r, 1) + 1.5;
    const icon = L.divIcon({ html, className: "hub", iconSize: [2 * half, 2 * half] });
    const marker = L.marker(at(hub.place), { icon, keyboard: false, zIndexOffset: rank * 1000 });
    marker.on("click", () => choose(hub.place));
    add(marker, "hub", hub);
  });
}

function drawMarks() {
  const chosen = state.place >= 0 ? flowsShown().filter((row) => touches(row, state.place)) : null;
  const near = chosen && new Set(chosen.flatMap((row) => [row[0], row[1]]));
  const rows = state.layers.has("sources") ? supplies() : [];
  const technologies = mainTechnologies();
  for (sheet of sheets) {
    sheet.marks.clearLayers();
    drawSources(rows, technologies);
    if (state.layers.has("flows")) drawFlows();
    if (state.layers.has("candidates")) drawCandidates();
    if (state.layers.has("eco_towns")) drawEcoTowns();
    if (state.layers.has("sinks")) drawSinks(near);
    drawTerminals(near);
    if (state.layers.has("hubs")) drawHubs();
  }
  drawNames();
}
