const DATA = JSON.parse(document.getElementById("screening-data").textContent);
const state = { language: 0, site: -1 };
const both = (pair) => pair[state.language];
const word = (key, values = {}) => both(DATA.words[key]).replace(/\{(\w+)\}/g, (_, name) => values[name]);
const number = (value) => (value === null ? "–" : value.toLocaleString(state.language ? "en" : "ja", { maximumSignificantDigits: 6 }));

function table(heads, rows) {
  const cells = (row, tag) => row.map((cell, n) => {
    const isNumber = heads[n].startsWith("#");
    return el(tag, isNumber ? { class: "number" } : {}, cell);
  });
  const head = el("thead", {}, el("tr", {}, ...cells(heads.map((h) => h.replace("#", "")), "th")));
  return el("table", {}, head, el("tbody", {}, ...rows.map((row) => el("tr", {}, ...cells(row, "td")))));
}

const fill = (id, ...children) => document.getElementById(id).replaceChildren(...children);

for (const { rings } of DATA.outlines) {
  const look = { color: "#444", weight: 0.6, fill: false, interactive: false };
  for (const ring of rings) L.polygon(unpacked(ring), look).addTo(map);
}

const tooltip = L.tooltip({ direction: "top", offset: [0, -6] });
const order = DATA.sites.map((_, n) => n).sort((a, b) => (DATA.sites[a].kind === "screening") - (DATA.sites[b].kind === "screening"));
const marks = [];
for (const n of order) {
  const site = DATA.sites[n];
  const proposed = site.kind === "screening";
  const mark = L.circleMarker([site.lat, site.lon], {
    radius: proposed ? 6 : 5, weight: 1.5, fillOpacity: 1,
    color: proposed ? "#fff" : "#111", fillColor: proposed ? "#d3271c" : site.passes ? "#fff" : "#b5b5b5",
  });
  mark.on("mouseover", () => tooltip.setLatLng(mark.getLatLng()).setContent(el("div", {}, `${both(site.name)} ${number(site.score)}`)).addTo(map));
  mark.on("mouseout", () => tooltip.remove());
  mark.on("click", () => choose(n));
  marks[n] = mark.addTo(map);
}

function kindName(kind) {
  return DATA.kinds[kind] ? both(DATA.kinds[kind]) : kind;
}

function titleOf(key) {
  return both(DATA.criteria.find((criterion) => criterion.key === key).title);
}

function drawKey() {
  const stops = DATA.ramp.map((c) => `rgb(${c.join(",")})`).join(",");
  const mark = (kind, key) => el("span", {}, el("i", { class: `mark ${kind}` }), word(key));
  fill("key",
    el("h2", {}, word("scale_key")),
    el("div", { class: "ramp", style: `background:linear-gradient(90deg,${stops})` }),
    el("div", { class: "ends" }, el("span", {}, "0"), el("span", {}, "50"), el("span", {}, "100")),
    el("p", { class: "marks" }, mark("proposed", "proposed"), mark("", "candidate"), mark("out", "excluded")));
}

function drawSites() {
  const heads = [word("site"), word("prefecture"), word("kind"), `#${word("score")}`, word("excluded_by")];
  const rows = DATA.sites.map((site, n) => [
    el("button", { type: "button", class: "link", "data-site": n, onclick: () => choose(n) }, both(site.name)),
    site.pref, kindName(site.kind), number(site.score),
    el("span", { class: "failed" }, site.excluded_by.map(titleOf).join(", ")),
  ]);
  fill("sites", table(heads, rows));
}

function threshold(c) {
  const parts = [];
  if (c.exclude_below !== null) parts.push(`< ${number(c.exclude_below)}`);
  if (c.exclude_above !== null) parts.push(`> ${number(c.exclude_above)}`);
  return parts.length ? `${parts.join(", ")} ${c.unit}` : "–";
}

function drawCriteria() {
  const heads = [word("criterion"), word("threshold"), word("span"), `#${word("weight")}`, `#${word("removed")}`,
    `#${word("removed_alone")}`, `#${word("left")}`, `#${word("covered")}`, word("source")];
  const rows = DATA.criteria.map((c) => [
    both(c.title), threshold(c), c.worst === null ? "–" : `${number(c.worst)} → ${number(c.best)} ${c.unit}`,
    number(c.weight), number(c.removed), number(c.removed_alone), number(c.left),
    `${number(c.covered_share * 100)} %`, `${c.source} (${c.confidence})`,
  ]);
  fill("criteria", table(heads, rows));
  fill("absent", table([word("criterion"), word("layer"), word("bring")], DATA.absent.map(([title, ...rest]) => [both(title), ...rest])));
  const rules = DATA.rules.map(([title, value, unit, source, confidence]) => [both(title), `${value} ${unit}`.trim(), `${source} (${confidence})`]);
  fill("rules", table([word("rule"), word("value"), word("source")], rules));
}

function drawChosen() {
  const box = document.getElementById("chosen");
  box.hidden = state.site < 0;
  if (box.hidden) return;
  const site = DATA.sites[state.site];
  const rows = DATA.criteria.map((c, n) => [
    el("span", site.excluded_by.includes(c.key) ? { class: "failed" } : {}, both(c.title)),
    site.values[n] === null ? "–" : `${number(site.values[n])} ${c.unit}`,
    site.scores[n] === null ? "–" : number(Math.round(site.scores[n] * 100)),
  ]);
  fill("chosen", el("h2", {}, `${both(site.name)} (${site.id})`),
    el("p", {}, `${word(site.passes ? "passes" : "excluded")} · ${word("score")} ${number(site.score)}`),
    table([word("criterion"), `#${word("value")}`, `#${word("score")}`], rows));
}

function choose(n) {
  marks.forEach((mark, k) => mark.setStyle({ weight: k === n ? 5 : 1.5 }));
  state.site = n;
  drawChosen();
  document.getElementById("chosen").scrollIntoView({ block: "nearest" });
  map.panTo([DATA.sites[n].lat, DATA.sites[n].lon], { animate: false });
}

function setLanguage(language) {
  state.language = language;
  document.documentElement.lang = language ? "en" : "ja";
  const title = `${both(DATA.title)}${language ? ": " : " ― "}${word("title")}`;
  document.title = title;
  fill("title", title);
  const proposed = DATA.sites.filter((site) => site.kind === "screening").length;
  fill("summary", word("summary", { n: number(DATA.cells), k: number(DATA.passing), p: proposed, c: DATA.sites.length - proposed }));
  document.querySelectorAll("[data-word]").forEach((node) => { node.textContent = word(node.dataset.word); });
  document.getElementById("language").lang = language ? "ja" : "en";
  map.getContainer().setAttribute("aria-label", word("map"));
  drawKey();
  drawSites();
  drawCriteria();
  drawChosen();
}

const fit = () => map.fitBounds(DATA.view, { padding: [10, 10], animate: false });
document.getElementById("home").addEventListener("click", fit);
document.getElementById("print").addEventListener("click", () => window.print());
document.getElementById("language").addEventListener("click", () => setLanguage(1 - state.language));
L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
map.getContainer().setAttribute("role", "region");
map.invalidateSize({ animate: false });
fit();
setLanguage(0);
document.documentElement.dataset.ready = "yes";
