// The plan on show: what the page shares, and one plan's own lists unpacked over it.
function unrun(runs) {
  const values = [];
  for (let n = 0; n < runs.length; n += 2) {
    for (let count = 0; count < runs[n + 1]; count += 1) values.push(runs[n]);
  }
  return values;
}

// This year's of the columns by period; one that is not there is that of the period before.
function thisYears(columns) {
  return unrun(columns.slice(0, state.t + 1).reduce((last, column) => column ?? last));
}

for (const column of ["pref_ja", "detail", "confidence"]) DATA.places[column] = unrun(DATA.places[column]);
const PREFECTURES = new Map(DATA.outlines.map(({ name }) => name));

let reached = 0;
const SOURCES = {
  place: unrun(DATA.sources.steps).map((step) => (reached += step)),
  commodity: unrun(DATA.sources.commodity),
};
for (const supply of DATA.supplies) supply.course = unrun(supply.course);

let most; // the largest of each kind of mark, over all periods

// Every list of the plan becomes one of DATA.
function usePlan(number) {
  const plan = DATA.plans[number];
  Object.assign(DATA, plan);
  state.plan = number;
}

// Each hub and terminal to the flows elsewhere on the chains that reach it.
const via = remembered(() => state.plan, () => new Map(Object.entries(DATA.via).map(([place, numbers]) =>
  [Number(place), new Set(numbers.map((n) => DATA.flows[n]))])));

// A flow to the names of its scheduled services.
const services = remembered(() => state.plan, () =>
  new Map(Object.entries(DATA.services).map(([n, names]) => [DATA.flows[n], names])));

function touches(flow, place) {
  return flow[0] === place || flow[1] === place || Boolean(via().get(place)?.has(flow));
}

function servicesOf(flow) {
  return (services().get(flow) || []).map(both).join(", ");
}

// Sources that supply anything this year under the filter of commodities, largest first: what
// arises, what is collected, and the hubs it goes to.
const supplies = remembered(() => filters(), () => {
  const found = new Map();
  const { largest, course, courses } = DATA.supplies[DATA.supply];
  const [share, catchment] = [thisYears(DATA.share), thisYears(DATA.catchment)];
  SOURCES.place.forEach((place, n) => {
    if (state.commodity >= 0 && SOURCES.commodity[n] !== state.commodity) return;
    const t = courses[course[n]][state.t] * largest[n];
    if (!(t > 0)) return;
    const sum = found.get(place) || { place, supply: 0, collected: 0, hubs: new Map() };
    const collected = (t * share[n]) / 100;
    sum.supply += t;
    sum.collected += collected;
    if (catchment[n] >= 0) sum.hubs.set(catchment[n], (sum.hubs.get(catchment[n]) || 0) + collected);
    found.set(place, sum);
  });
  return [...found.values()].sort((a, b) => b.supply - a.supply || a.place - b.place);
});

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
