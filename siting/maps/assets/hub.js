// Hubs: markers that stay from year to year, so that only what changes is touched.
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


function hubLook(hub) {
  const r = Math.max(2.5, size("hub", hub.throughput_t[state.t]));
  return { r, half: Math.max(r, 1) + 1.5, faint: state.place >= 0 && hub.place !== state.place };
}

function hubMarker(hub) {
  const icon = L.divIcon({ html: "", className: "hub", iconSize: null });
  const marker = L.marker(at(hub.place), { icon, keyboard: false });
  marker.what = { kind: "hub", row: hub };
  marker.on("click", () => choose(hub.place));
  return marker;
}

function dress(marker, hub, rank) {
  const { r, half, faint } = hubLook(hub);
  const look = `${r.toFixed(2)} ${faint}`;
  if (marker.look !== look) {
    const icon = marker.getElement();
    icon.replaceChildren(disc(DATA.technologies[hub.technology], r, faint));
    Object.assign(icon.style, { width: `${2 * half}px`, height: `${2 * half}px`, margin: `${-half}px 0 0 ${-half}px` });
    marker.look = look;
  }
  if (marker.options.zIndexOffset !== rank * 1000) marker.setZIndexOffset(rank * 1000);
}

function drawHubs() {
  const rows = state.layers.has("hubs") ? hubsShown().filter((hub) => sheet.holds(hub.place)) : [];
  const shown = new Set(rows);
  for (const [hub, marker] of sheet.hubs) {
    if (shown.has(hub)) continue;
    sheet.marks.removeLayer(marker);
    sheet.hubs.delete(hub);
  }
  rows.forEach((hub, rank) => {
    const marker = sheet.hubs.get(hub) || hubMarker(hub);
    if (!sheet.hubs.has(hub)) sheet.marks.addLayer(marker);
    sheet.hubs.set(hub, marker);
    dress(marker, hub, rank);
  });
}
