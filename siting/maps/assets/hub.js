// Hubs: markers that stay from year to year, so that only what changes is touched.
// What the letter takes beside a disc that is too small to hold it [pixel].
function letterBeside(r) {
  return r < 7 ? 10 : 0;
}

function halfSize(r) {
  return Math.max(r, 1) + 1.5;
}

function disc(technology, r) {
  return resize(sizeless(technology), technology, r);
}

const SIZELESS = new Map(); // a technology to the disc that all of its are copies of

function sizeless(technology) {
  if (!SIZELESS.has(technology)) {
    const look = { fill: technology.colour, stroke: "#222", "stroke-width": 1 };
    SIZELESS.set(technology, el("svg", { "aria-hidden": "true" }, el("circle", look), el("text", {}, technology.letter)));
  }
  return SIZELESS.get(technology).cloneNode(true);
}

// A disc with its letter inside or beside it.
function resize(svg, technology, r, faint = false) {
  const [circle, letter] = svg.children;
  const [half, beside] = [halfSize(r), letterBeside(r)];
  dress(svg, { width: 2 * half + beside, height: 2 * half, opacity: faint ? 0.35 : null });
  dress(circle, { cx: half, cy: half, r });
  dress(letter, {
    x: beside ? 2 * half : half,
    y: half + (beside ? 3 : Math.min(r, 11) * 0.36),
    "text-anchor": beside ? "start" : "middle",
    "font-size": beside ? 9 : Math.min(r, 11) + 1,
    fill: beside ? "#111" : technology.ink,
    class: beside ? "halo" : null,
  });
  return svg;
}

function hubLook(hub) {
  const r = Math.max(2.5, size("hub", hub.throughput_t[state.t]));
  return { r, faint: state.place >= 0 && hub.place !== state.place };
}

function hubMarker(hub, zIndexOffset) {
  const icon = L.divIcon({ html: sizeless(DATA.technologies[hub.technology]), className: "hub", iconSize: null });
  const marker = L.marker(at(hub.place), { icon, keyboard: false, zIndexOffset });
  marker.what = { kind: "hub", row: hub };
  marker.on("click", () => choose(hub.place));
  return marker;
}

function lookRight(marker, hub, zIndexOffset) {
  const { r, faint } = hubLook(hub);
  const look = `${r.toFixed(2)} ${faint}`;
  if (marker.look !== look) {
    const icon = marker.getElement();
    const half = halfSize(r);
    resize(icon.firstChild, DATA.technologies[hub.technology], r, faint);
    Object.assign(icon.style, { width: `${2 * half}px`, height: `${2 * half}px`, margin: `${-half}px 0 0 ${-half}px` });
    marker.look = look;
  }
  if (marker.options.zIndexOffset !== zIndexOffset) marker.setZIndexOffset(zIndexOffset);
}

function drawHubs({ holds, marks, hubs }) {
  const rows = state.layers.has("hubs") ? hubsShown().filter((hub) => holds(hub.place)) : [];
  const shown = new Set(rows);
  for (const [hub, marker] of hubs) {
    if (shown.has(hub)) continue;
    marks.removeLayer(marker);
    hubs.delete(hub);
  }
  rows.forEach((hub, rank) => {
    const offset = rank * 1000;
    if (!hubs.has(hub)) {
      hubs.set(hub, hubMarker(hub, offset));
      marks.addLayer(hubs.get(hub));
    }
    lookRight(hubs.get(hub), hub, offset);
  });
}
