// What the chosen site costs, earns and emits: a stack for each period, and this year's figures.
const PART_LOOKS = [
  ["#56B4E9", ""], ["#0072B2", ""], ["#CC79A7", ""], ["#F0E442", ""], ["#E69F00", ""], ["#D55E00", ""],
  ["#bdb8ab", ""], ["#77736a", ""], ["#009E73", ""], ["#9a6fb0", ""], ["#20262c", ""], ["#8fd0b8", ""],
];

function partSwatch(number) {
  const [fill] = PART_LOOKS[number % PART_LOOKS.length];
  return swatch(16, 12, el("rect", { x: 1, y: 1, width: 14, height: 10, fill, stroke: "#333" }),
    el("text", { x: 8, y: 9, "font-size": 8, "text-anchor": "middle", class: "halo" }, String(number + 1)));
}

// Positive parts upwards, negative ones downwards from a line, one scale for all periods.
function stack(rows, say, label) {
  const up = DATA.periods.map((_, t) => rows.reduce((sum, row) => sum + Math.max(row[1][t], 0), 0));
  const down = DATA.periods.map((_, t) => rows.reduce((sum, row) => sum - Math.min(row[1][t], 0), 0));
  const [top, low] = [Math.max(...up, NOTHING), Math.max(...down, 0)];
  const scale = 96 / (top + low);
  const zero = 14 + top * scale;
  const step = 330 / DATA.periods.length;
  const marks = DATA.periods.flatMap((year, t) => {
    const [x, width] = [t * step + 5, Math.min(step - 10, 44)];
    const reach = [zero, zero];
    const parts = rows.flatMap(([, values], n) => {
      const height = Math.abs(values[t]) * scale;
      if (!(height > 0)) return [];
      const y = values[t] > 0 ? (reach[0] -= height) : reach[1];
      if (values[t] < 0) reach[1] += height;
      const look = { fill: PART_LOOKS[n % PART_LOOKS.length][0], stroke: "#333", "stroke-width": 0.6 };
      const text = { x: x + width / 2, y: y + height / 2 + 3, "text-anchor": "middle", "font-size": 8, class: "halo" };
      return [el("rect", { x, y, width, height, ...look }), height > 9 ? el("text", text, String(n + 1)) : null];
    });
    const middle = { x: x + width / 2, "text-anchor": "middle", "font-weight": t === state.t ? 700 : null };
    return [...parts.filter(Boolean),
      el("text", { ...middle, y: zero - up[t] * scale - 3 }, up[t] > 0 ? say(up[t] - down[t]) : ""),
      el("text", { ...middle, y: 124 }, String(year))];
  });
  const said = DATA.periods.map((year, t) => `${year}: ${say(up[t] - down[t])}`).join("; ");
  const axis = el("line", { x1: 0, x2: 335, y1: zero, y2: zero, stroke: "#333" });
  return el("svg", { viewBox: "0 0 335 128", class: "bars", role: "img", "aria-label": `${label}. ${said}` }, ...marks, axis);
}

function accountOf(kind, key, say) {
  const rows = (DATA.accounts[state.place] || {})[kind] || [];
  if (!rows.length) return [];
  const lines = rows.map(([name, values], n) =>
    [el("span", { class: "part" }, partSwatch(n), both(name)), say(values[state.t])]);
  const net = rows.reduce((sum, [, values]) => sum + values[state.t], 0);
  return [el("h3", {}, word(key)), stack(rows, say, word(key)),
    note(word(`${key}_key`, { year: DATA.periods[state.t] })),
    table("", ["", ""], [...lines, [word("net"), say(net)]])];
}

function siteAccount() {
  return el("div", { class: "account" }, ...accountOf("cost_jpy", "account", yen), ...accountOf("kgco2e", "emitted", co2));
}
