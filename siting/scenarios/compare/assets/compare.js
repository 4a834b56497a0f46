const DATA = JSON.parse(document.getElementById("compare-data").textContent);
const GLYPHS = { added: "+", dropped: "−", changed: "△", same: "" };
const FILLS = { added: "#56B4E9", dropped: "#E69F00", changed: "#F0E442", same: "#ffffff" };
const state = { t: DATA.periods.length - 1, place: -1, language: 0 };
const byId = (id) => document.getElementById(id);

function word(key, values = {}) {
  return DATA.words[key][state.language].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const number = (t) => Math.round(t).toLocaleString("en");
const at = (place) => [DATA.places[place][2], DATA.places[place][3]];
const nameOf = (place) => DATA.places[place][state.language] || DATA.places[place][0];
const largest = (key, value) =>
  Math.max(1e-9, ...DATA.plans.flatMap((plan) => plan[key].flatMap((row) => row[value])));
const mostHub = largest("hubs", 1);
const mostFlow = largest("flows", 3);

const STILL = { zoomSnap: 0.25, zoomDelta: 0.5, minZoom: 4, maxZoom: 13, zoomControl: false,
  attributionControl: false, preferCanvas: true, fadeAnimation: false, zoomAnimation: false };

byId("maps").hidden = false; // before the maps, which take their size when they are made
const charts = ["map-a", "map-b"].map((id) => {
  const chart = L.map(id, STILL);
  const look = { color: "#bdb8ab", weight: 0.8, fillColor: "#f5f3ee", fillOpacity: 1, interactive: false };
  for (const rings of DATA.outlines) L.polygon(rings.map((ring) => [unpacked(ring)]), look).addTo(chart);
  return { chart, marks: L.layerGroup().addTo(chart) };
});

function showAll() {
  for (const { chart } of charts) chart.fitBounds(DATA.view, { animate: false, padding: [12, 12] });
}

let isFollowing = true; // until both maps have their size and first view
charts.forEach(({ chart }, n) => {
  const other = charts[1 - n].chart;
  chart.on("move", () => {
    if (isFollowing) return;
    isFollowing = true;
    other.setView(chart.getCenter(), chart.getZoom(), { animate: false });
    isFollowing = false;
  });
});

function drawFlows(plan, marks) {
  const rows = plan.flows.filter((row) => row[3][state.t] > 0);
  rows.sort((x, y) => x[3][state.t] - y[3][state.t]);
  for (const [from, to, m, t] of rows) {
    const mode = DATA.modes[m];
    const weight = Math.max(0.5, 7 * Math.sqrt(t[state.t] / mostFlow));
    const isNear = state.place < 0 || from === state.place || to === state.place;
    const dashArray = dash(mode, weight);
    L.polyline(bend(at(from), at(to)), { color: mode.colour, weight, dashArray, lineCap: "butt",
      opacity: isNear ? 0.6 : 0.08, interactive: false }).addTo(marks);
  }
}

function drawHubs(plan, marks) {
  const rows = plan.hubs.filter((row) => row[1][state.t] > 0);
  rows.sort((x, y) => y[1][state.t] - x[1][state.t]);
  for (const [place, t] of rows) {
    const change = DATA.changes[place] || "same";
    const radius = Math.max(4, 18 * Math.sqrt(t[state.t] / mostHub));
    const look = { radius, color: "#222", weight: place === state.place ? 4 : 1.2, fillColor: FILLS[change], fillOpacity: 0.9 };
    L.circleMarker(at(place), look).on("click", () => choose(place)).addTo(marks);
    if (!GLYPHS[change]) continue;
    const icon = L.divIcon({ html: el("span", {}, GLYPHS[change]), className: "glyph", iconSize: [16, 16] });
    L.marker(at(place), { icon, interactive: false, keyboard: false }).addTo(marks);
  }
}

function tonnesAt(plan, place) {
  const row = plan.hubs.find((hub) => hub[0] === place);
  return row ? row[1][state.t] : 0;
}

function sentence(place) {
  const [a, b] = DATA.plans.map((plan) => number(tonnesAt(plan, place)));
  const what = (DATA.technologies[place] || []).map((names) => names[state.language]).join(state.language ? ", " : "・");
  return word("chosen", { name: nameOf(place), change: word(DATA.changes[place] || "same"), what, a, b });
}

function drawList() {
  const order = Object.keys(GLYPHS);
  const places = Object.keys(DATA.changes).map(Number);
  const most = (place) => Math.max(...DATA.plans.map((plan) => tonnesAt(plan, place)));
  const kind = (place) => order.indexOf(DATA.changes[place]);
  places.sort((x, y) => kind(x) - kind(y) || most(y) - most(x));
  byId("sites").replaceChildren(...places.map((place) => {
    const text = `${GLYPHS[DATA.changes[place]] || "="} ${nameOf(place)}`;
    const button = el("button", { type: "button", "data-place": place, "aria-pressed": String(place === state.place) }, text);
    button.addEventListener("click", () => choose(place));
    return el("li", {}, button);
  }));
}

function sample(fill, glyph) {
  return el("span", { class: `sample of-${fill}`, "aria-hidden": "true" }, glyph);
}

function drawLegend() {
  const changes = Object.keys(GLYPHS).map((key) => el("li", {}, sample(key, GLYPHS[key]), word(key)));
  const modes = DATA.modes.map((mode) => {
    const look = { d: "M0 6H34", stroke: mode.colour, "stroke-width": 3.5, "stroke-dasharray": dash(mode, 3.5) };
    const svg = el("svg", { width: 34, height: 12, "aria-hidden": "true" }, el("path", look));
    return el("li", {}, svg, mode.name[state.language]);
  });
  byId("legend").replaceChildren(...changes, ...modes, el("li", {}, word("sizes")));
}

function show() {
  byId("maps").lang = state.language ? "en" : "ja";
  document.querySelectorAll("[data-word]").forEach((node) => { node.textContent = word(node.dataset.word); });
  byId("year").textContent = word("in_year", { year: DATA.periods[state.t] });
  DATA.plans.forEach((plan, n) => {
    const { marks } = charts[n];
    marks.clearLayers();
    drawFlows(plan, marks);
    drawHubs(plan, marks);
    const title = DATA.titles[state.language][n];
    const [count, t] = plan.others[state.t];
    byId(`title-${"ab"[n]}`).textContent = `${"AB"[n]}: ${title}`;
    byId(`others-${"ab"[n]}`).textContent = count ? word("others", { n: number(count), t: number(t) }) : "";
    byId(`map-${"ab"[n]}`).setAttribute("aria-label", `${word("map")} ${"AB"[n]}`);
  });
  drawLegend();
  drawList();
  byId("chosen").textContent = state.place < 0 ? word("choose") : sentence(state.place);
}

function choose(place) {
  state.place = state.place === place ? -1 : place;
  show();
  byId("sites").querySelector(`[data-place="${place}"]`).focus({ preventScroll: true });
  if (state.place >= 0 && !charts[0].chart.getBounds().contains(at(place))) charts[0].chart.panTo(at(place), { animate: false });
}

function setLanguage() {
  state.language = byId("show-en").checked ? 1 : 0;
  document.documentElement.lang = state.language ? "en" : "ja";
  show();
}

const slider = byId("period");
slider.max = DATA.periods.length - 1;
slider.value = state.t;
slider.addEventListener("input", () => { state.t = Number(slider.value); show(); });
byId("home").addEventListener("click", showAll);
for (const id of ["show-ja", "show-en"]) byId(id).addEventListener("change", setLanguage);
for (const { chart } of charts) {
  L.control.zoom({ position: "topleft" }).addTo(chart);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(chart);
}
showAll();
isFollowing = false;
function measure() {
  isFollowing = true;
  for (const { chart } of charts) chart.invalidateSize({ animate: false, pan: false });
  showAll();
  isFollowing = false;
}

addEventListener("beforeprint", () => { document.body.classList.add("printing"); measure(); });
addEventListener("afterprint", () => { document.body.classList.remove("printing"); measure(); });
setLanguage();
document.documentElement.dataset.ready = "yes";
