// The embedded data, the words and numbers in the reader's language, and elements as plain text.
const DATA = JSON.parse(document.getElementById("plan-data").textContent);
const state = {
  language: 0, // 0 Japanese, 1 English: the place in every pair of words
  t: DATA.periods.length - 1,
  commodity: -1,
  plan: 0, // 0 the study as it stands, then its scenarios
  shade: "supply", // of the sources
  search: "", // in the list of hubs
  modes: new Set(DATA.modes.keys()),
  technologies: new Set(DATA.technologies.keys()),
  layers: new Set(["outlines", "sources", "flows", "candidates", "sinks", "port", "station", "eco_towns", "hubs"]),
  place: -1, // the chosen site
};

// A function that counts anew only where what `of` names is another than the last time.
function remembered(of, count) {
  let [known, found] = [null, null];
  return () => {
    const now = of();
    if (now !== known) [known, found] = [now, count()];
    return found;
  };
}

function both(pair) {
  return pair[state.language] || pair[0] || pair[1];
}

function word(key, values = {}) {
  return both(DATA.words[key]).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function placeName(i) {
  const p = DATA.places;
  return both([p.name_ja[i], p.name_en[i]]) || p.key[i];
}

// At most so many digits after the point, halves rounded up, as Intl.NumberFormat writes them in both
// languages; the first of those takes longer to make than all of the page's numbers to write.
function number(value, digits = 0) {
  const [whole, part = ""] = (value * (1 + Number.EPSILON)).toFixed(digits).split(".");
  const kept = part.replace(/0+$/, "");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (kept && `.${kept}`);
}

function threeDigits(value) {
  return number(value, Math.min(20, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))));
}

// Steps of 10,000 in Japanese and of 1,000 in English, as each language counts.
function scaled(value, steps) {
  const step = steps.find(([least]) => Math.abs(value) >= least) || steps[steps.length - 1];
  return threeDigits(value / step[0]) + step[1];
}

function tonnes(t) {
  const steps = [[[1e4, "万t"], [1, "t"]], [[1e6, " Mt"], [1e3, " kt"], [1, " t"]]];
  return scaled(t, steps[state.language]);
}

function yen(jpy) {
  const steps = [
    [[1e12, "兆円"], [1e8, "億円"], [1e4, "万円"], [1, "円"]],
    [[1e12, " tn JPY"], [1e9, " bn JPY"], [1e6, " m JPY"], [1, " JPY"]],
  ];
  return scaled(jpy, steps[state.language]);
}

function co2(kg) {
  const steps = [
    [[1e7, "万t"], [1e3, "t"], [1, "kg"]],
    [[1e9, " Mt"], [1e6, " kt"], [1e3, " t"], [1, " kg"]],
  ];
  return scaled(kg, steps[state.language]);
}

function percent(part, whole) {
  return whole > 0 ? `${number((100 * part) / whole, 1)} %` : "–";
}

function fill(id, ...children) {
  document.getElementById(id).replaceChildren(...children.filter((child) => child !== null));
}

function announce(text) {
  document.getElementById("announcement").textContent = text;
}

function touched(technology) {
  return state.commodity < 0 || DATA.technologies[technology].commodities.includes(state.commodity);
}

function handles(technology) {
  return state.technologies.has(technology) && touched(technology);
}

// Plan, year and filter of commodities, and what else a list depends on.
function filters(...others) {
  return [state.plan, state.t, state.commodity, ...others].join();
}

// Hubs with capacity this year that the filters leave, largest throughput first.
const hubsShown = remembered(() => filters(...state.technologies), () => DATA.hubs
  .filter((hub) => handles(hub.technology) && hub.capacity_t[state.t] > 0)
  .sort((a, b) => b.throughput_t[state.t] - a.throughput_t[state.t] || a.place - b.place));

// Flows that the filters leave, smallest first.
const flowsShown = remembered(() => filters(...state.modes), () => DATA.flows
  .filter(([, , mode, commodity, t]) => t[state.t] > 0 && state.modes.has(mode) &&
    (state.commodity < 0 || commodity === state.commodity))
  .sort((a, b) => a[4][state.t] - b[4][state.t]));

const MOST_FLOWS = 1500; // drawn at once; a map of more shows none of them

// The largest of the flows shown and those of the chosen place, these last; each list by size.
const flowsDrawn = remembered(() => filters(...state.modes, "at", state.place), () => {
  const rows = flowsShown();
  const first = Math.max(0, rows.length - MOST_FLOWS);
  if (state.place < 0) return rows.slice(first);
  const [own, others] = [[], []];
  rows.forEach((row, n) => {
    if (touches(row, state.place)) own.push(row);
    else if (n >= first) others.push(row);
  });
  return [...others, ...own];
});
