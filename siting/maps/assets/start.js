// What happens: choices change the state, and show() draws all that depends on it.
const tooltip = L.tooltip({ direction: "top", offset: [0, -6], className: "tip" });

function tipLines(kind, row) {
  const year = word("per_year");
  if (kind === "flow") {
    const [from, to, mode, commodity, t] = row;
    return [`${placeName(from)} → ${placeName(to)}`,
      `${both(DATA.commodities[commodity])} · ${both(DATA.modes[mode].name)} · ${tonnes(t[state.t])}${year}`,
      ...(servicesOf(row) ? [word("services", { names: servicesOf(row) })] : [])];
  }
  if (kind === "eco_town") return [both(row.name), word("eco_towns")];
  const name = placeName(row.place);
  if (kind === "hub") {
    const technology = DATA.technologies[row.technology];
    return [name, `${technology.letter} ${both(technology.name)}`,
      `${tonnes(row.throughput_t[state.t])} / ${tonnes(row.capacity_t[state.t])}${year}`];
  }
  if (kind === "source") {
    return [name, `${word("supply")} ${tonnes(row.supply)}${year}`,
      `${word("share_collected")} ${percent(row.collected, row.supply)}`,
      ...(mainHub(row) < 0 ? [word("no_hub")] : [word("goes_to", { name: placeName(mainHub(row)) })])];
  }
  if (kind === "terminal") return [name, `${word(row.kind)} · ${word("handled")} ${tonnes(row.t)}${year}`];
  if (kind === "sink") return [name, `${word("received")} ${tonnes(row.t)}${year}`];
  return [name, word("candidate"), whyNot(row.row)];
}

let told = null; // the mark that the tooltip speaks of

for (const { marks, chart } of sheets) {
  marks.on("mouseover mousemove", ({ propagatedFrom, layer, latlng }) => {
    const { what } = propagatedFrom || layer;
    if (!what || what === told) return;
    told = what;
    const content = el("div", {}, ...tipLines(what.kind, what.row).map((line) => el("div", {}, line)));
    tooltip.setLatLng(latlng).setContent(content).addTo(chart);
  });
  marks.on("mouseout", untell);
  marks.on("click", ({ propagatedFrom, layer }) => {
    const { what } = propagatedFrom || layer;
    if (what?.kind === "terminal") choose(what.row.place);
  });
}

function untell() {
  told = null;
  tooltip.remove();
}

function show({ land: alsoLand = false } = {}) {
  if (alsoLand) drawLand();
  untell();
  drawMarks();
  drawLegend();
  drawFigures();
  drawHubTable();
  drawTerminalTable();
  drawChosen();
  drawTables();
  const year = DATA.periods[state.t];
  document.getElementById("year").textContent = word("in_year", { year });
  const slider = document.getElementById("period");
  slider.setAttribute("aria-valuetext", String(year));
}

function choose(place) {
  const before = state.place;
  state.place = place === before ? -1 : place;
  show();
  if (state.place < 0) {
    announce(word("cleared"));
    document.querySelector(`#results [data-place="${before}"]`)?.focus();
    return;
  }
  const flows = flowsShown().filter((row) => touches(row, place));
  const treated = hubsShown().map((hub) => ({ place: hub.place, t: hub.throughput_t[state.t] }));
  const t = [...treated, ...terminalsShown()]
    .filter((row) => row.place === place)
    .reduce((sum, row) => sum + row.t, 0);
  announce(word("chosen", { name: placeName(place), t: tonnes(t), p: number(flows.length) }));
  document.getElementById("chosen").scrollIntoView({ block: "nearest" });
  if (!map.getBounds().contains(at(place))) map.panTo(at(place), { animate: false });
}

// Another of the plans solved beforehand; the year, the filters and the view stay.
function choosePlan(plan) {
  usePlan(plan);
  measure();
  if (!DATA.hubs.some((hub) => hub.place === state.place) && !isTerminal(state.place)) state.place = -1;
  setLanguage(state.language);
  announce(`${both(DATA.title)}. ${word("shown", { year: DATA.periods[state.t], n: hubsShown().length })}`);
}

function setLanguage(language) {
  speak(language);
  show();
}

// Every word that stands outside of what show() draws.
function speak(language) {
  state.language = language;
  document.documentElement.lang = language ? "en" : "ja";
  document.title = both(DATA.title);
  write(document.getElementById("title"), both(DATA.title));
  write(document.getElementById("subtitle"), both(DATA.provenance.proof));
  document.getElementById("search").placeholder = word("search");
  document.querySelectorAll("[data-word]").forEach((node) => write(node, word(node.dataset.word)));
  document.getElementById("language").lang = language ? "ja" : "en";
  document.getElementById("results").setAttribute("aria-label", word("results"));
  const frame = map.getContainer();
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", word("map"));
  drawProvenance();
  drawCandidateTable();
}

function setUpPeriods() {
  const slider = document.getElementById("period");
  slider.max = DATA.periods.length - 1;
  slider.value = state.t;
  slider.hidden = DATA.periods.length < 2;
  fill("period-ticks", ...DATA.periods.map((year, t) => el("option", { value: t, label: String(year) })));
  slider.addEventListener("input", () => {
    state.t = Number(slider.value);
    show();
    announce(word("shown", { year: DATA.periods[state.t], n: hubsShown().length }));
  });
}

function fit() {
  measureInsets();
  map.fitBounds(DATA.view, { padding: [14, 14], animate: false });
  for (const { chart, view } of sheets.slice(1)) {
    chart.invalidateSize({ animate: false, pan: false });
    chart.fitBounds(view, { padding: [4, 4], animate: false });
  }
}

// On paper: SVG marks, the whole map, a page laid out in millimetres; afterwards as it was.
let onScreen = null;

function toPaper() {
  if (onScreen) return;
  const details = document.querySelector("#provenance details");
  onScreen = { centre: map.getCenter(), zoom: map.getZoom(), open: details.open };
  details.open = true;
  document.body.classList.add("printing");
  map.invalidateSize({ animate: false, pan: false });
  fit();
  takePens(L.svg);
  show({ land: true });
  fitPaper();
}

// Fewer rows of hubs until the right column fits, and a smaller legend until the left one does.
function fitPaper() {
  const [legend, results] = ["legend", "results"].map((id) => document.getElementById(id));
  while (results.scrollHeight > results.clientHeight && printedHubs > 3) {
    printedHubs -= 1;
    drawHubTable();
  }
  for (let zoom = 0.95; legend.scrollHeight > legend.clientHeight && zoom > 0.5; zoom -= 0.05) {
    legend.style.zoom = String(zoom);
  }
}

function toScreen() {
  if (!onScreen) return;
  const { centre, zoom, open } = onScreen;
  onScreen = null;
  document.querySelector("#provenance details").open = open;
  printedHubs = MOST_PRINTED;
  document.getElementById("legend").style.zoom = "";
  document.body.classList.remove("printing");
  map.invalidateSize({ animate: false, pan: false });
  fit();
  map.setView(centre, zoom, { animate: false });
  takePens(L.canvas);
  show({ land: true });
}

addEventListener("beforeprint", toPaper);
addEventListener("afterprint", toScreen);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.place >= 0) choose(-1);
});
document.getElementById("search").addEventListener("input", ({ target }) => {
  state.search = target.value;
  drawHubTable();
  announce(word("found", { n: hubsShown().filter(sought).length }));
});
document.getElementById("print").addEventListener("click", () => window.print());
document.getElementById("home").addEventListener("click", fit);
document.getElementById("language").addEventListener("click", () => setLanguage(1 - state.language));
L.control.zoom({ position: "topleft", zoomInTitle: "+", zoomOutTitle: "−" }).addTo(map);
L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
measure();
setUpPeriods();
speak(0);
map.invalidateSize({ animate: false });
fit();
takePens(L.canvas);
show({ land: true });
map.on("moveend", drawNames);
new ResizeObserver(() => {
  measureInsets();
  map.invalidateSize({ animate: false, pan: false });
}).observe(map.getContainer());
document.documentElement.dataset.ready = "yes";
