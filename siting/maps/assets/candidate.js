// Candidate sites that the plan leaves out: grey rings, and a list with what speaks against each.
function whyNot([, reason, nearest, km, t, capacity, regret]) {
  if (nearest === undefined) return word(reason);
  const values = { t: tonnes(t), c: tonnes(capacity), name: placeName(nearest), km: number(km) };
  return [word(reason, values), ...(regret ? [regretOf(regret)] : [])].join(" ");
}

function regretOf([low, high, found]) {
  return word("regret", { low: yen(low), high: yen(high), found: yen(found) });
}

function drawCandidates() {
  const look = { color: "#77736a", weight: 1.2, fillColor: "#fff", fillOpacity: 0.6, radius: 3.4 };
  for (const row of DATA.candidates) {
    const faint = state.place >= 0 ? { opacity: 0.35, fillOpacity: 0.2 } : {};
    add({ ...look, ...faint, shape: "circle", spot: row[0] }, "candidate", { place: row[0], row });
  }
}

function drawCandidateTable() {
  const rows = DATA.candidates;
  document.getElementById("candidates").hidden = !rows.length;
  const line = (row) => el("tr", {},
    el("th", { scope: "row" }, placeName(row[0]), el("small", {}, prefecture(row[0]))),
    el("td", {}, whyNot(row)));
  fill("candidate-table", el("table", { "aria-labelledby": "candidates-title" },
    el("thead", {}, el("tr", {}, ...["candidate", "reason"].map((key) => el("th", { scope: "col" }, word(key))))),
    el("tbody", {}, ...rows.map(line))));
}

// Approved eco-towns, for orientation: hollow pentagons that are no part of the plan.
const PENTAGON = { color: "#7B3F8C", weight: 1.3, fill: false };

function drawEcoTowns() {
  DATA.eco_towns.forEach(([ja, en], n) => {
    const spot = DATA.places.lat.length + n;
    add({ ...PENTAGON, shape: "pentagon", spot, radius: 6 }, "eco_town", { name: [ja, en] });
  });
}
