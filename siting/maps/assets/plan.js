// The plan on show: what the page shares, and one plan's own lists unpacked over it.
function unrun(runs) {
  const values = [];
  for (let n = 0; n < runs.length; n += 2) {
    for (let count = 0; count < runs[n + 1]; count += 1) values.push(runs[n]);
  }
  return values;
}

// Columns by period; a period without a column of its own has that of the one before.
function unrunPeriods(columns) {
  const found = [];
  columns.forEach((column, t) => found.push(column === null ? found[t - 1] : unrun(column)));
  return found;
}

for (const column of ["pref_ja", "detail", "confidence"]) DATA.places[column] = unrun(DATA.places[column]);
const PREFECTURES = new Map(DATA.outlines.map(({ name }) => name));

const SOURCES = (() => {
  let last = 0;
  const commodities = unrun(DATA.sources.commodity);
  return unrun(DATA.sources.steps).map((step, n) => {
    last += step;
    return { place: last, commodity: commodities[n] };
  });
})();

const SUPPLIES = DATA.supplies.map(({ largest, course, courses }) =>
  unrun(course).map((number, n) => courses[number].map((part) => part * largest[n])));

let VIA; // each hub and terminal to the flows elsewhere on the chains that reach it
let SERVICES; // a flow to the names of its scheduled services
let most; // the largest of each kind of mark, over all periods

// Every list of the plan becomes one of DATA.
function usePlan(number) {
  const plan = DATA.plans[number];
  Object.assign(DATA, plan);
  state.plan = number;
  DATA.supply = SUPPLIES[plan.supply];
  DATA.share = unrunPeriods(plan.share);
  DATA.catchment = unrunPeriods(plan.catchment);
  VIA = new Map(Object.entries(DATA.via).map(([place, numbers]) =>
    [Number(place), new Set(numbers.map((n) => DATA.flows[n]))]));
  SERVICES = new Map(Object.entries(DATA.services).map(([n, names]) => [DATA.flows[n], names]));
}

function touches(flow, place) {
  return flow[0] === place || flow[1] === place || Boolean(VIA.get(place)?.has(flow));
}

function servicesOf(flow) {
  return (SERVICES.get(flow) || []).map(both).join(", ");
}

let counted = { key: "", rows: [] };

// What countSupplies() finds, counted anew only where plan, year or filter are others.
function supplies() {
  const key = [state.plan, state.t, state.commodity].join();
  if (counted.key !== key) counted = { key, rows: countSupplies() };
  return counted.rows;
}

// Sources that supply anything this year under the filter of commodities, largest first: what
// arises, what is collected, and the hubs it goes to.
function countSupplies() {
  const found = new Map();
  const [share, catchment] = [DATA.share[state.t], DATA.catchment[state.t]];
  SOURCES.forEach(({ place, commodity }, n) => {
    if (state.commodity >= 0 && commodity !== state.commodity) return;
    const t = DATA.supply[n][state.t];
    if (!(t > 0)) return;
    const sum = found.get(place) || { place, supply: 0, collected: 0, hubs: new Map() };
    const collected = (t * share[n]) / 100;
    sum.supply += t;
    sum.collected += collected;
    if (catchment[n] >= 0) sum.hubs.set(catchment[n], (sum.hubs.get(catchment[n]) || 0) + collected);
    found.set(place, sum);
  });
  return [...found.values()].sort((a, b) => b.supply - a.supply || a.place - b.place);
}

// The hub that most of a source goes to, -1 for none.
function mainHub({ hubs }) {
  return [...hubs].reduce((best, hub) => (hub[1] > best[1] ? hub : best), [-1, -1])[0];
}

function catchmentOf(place) {
  return supplies().filter(({ hubs }) => hubs.has(place));
}

// Each site with hubs to the technology of its largest, which colours its catchment.
function mainTechnologies() {
  const found = new Map();
  for (const hub of hubsShown()) {
    if (!found.has(hub.place)) found.set(hub.place, DATA.technologies[hub.technology]);
  }
  return found;
}

function prefecture(place) {
  const name = DATA.places.pref_ja[place];
  return state.language ? PREFECTURES.get(name) || "" : name;
}

usePlan(0);
