// Names of the largest hubs and terminals beside, below or above them, left out where all that is taken.
const MOST_NAMES = { hub: 24, terminal: 8 };
const nameLayer = L.layerGroup().addTo(map);

let covered = []; // what the insets cover of the map, measured when its size changes

function measureInsets() {
  const frame = map.getContainer().getBoundingClientRect();
  covered = sheets.slice(1).map(({ chart }) => {
    const own = chart.getContainer().getBoundingClientRect();
    return [own.left - frame.left, own.top - frame.top, own.right - frame.left, own.bottom - frame.top];
  });
}

function namedMarks() {
  const hubs = state.layers.has("hubs") ? hubsShown() : [];
  const ends = terminalsShown().filter(({ kind }) => state.layers.has(kind));
  const found = new Map(); // a place has one name, beside all its discs
  const note = (kind, place, r, letter) => {
    const { x, y } = map.latLngToContainerPoint(at(place));
    const disc = [x - r, y - r, x + r + letter, y + r];
    if (found.has(place)) found.get(place).disc[2] = Math.max(found.get(place).disc[2], disc[2]);
    else found.set(place, { kind, place, x, y, disc });
  };
  for (const hub of hubs) {
    const { r } = hubLook(hub);
    note("hub", hub.place, r, letterBeside(r));
  }
  for (const { place } of ends) note("terminal", place, 6, 0);
  return [...found.values()];
}

function drawNames() {
  nameLayer.clearLayers();
  const marks = namedMarks();
  const names = [];
  const left = { ...MOST_NAMES };
  const { x: wide, y: high } = map.getSize();
  for (const { kind, place, x, y, disc: own } of marks) {
    if (!left[kind]) continue;
    const text = placeName(place);
    const width = 11 * [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 1 : 0.56), 0);
    const middle = x - width / 2;
    const corners = [[own[2] + 2, y - 8], [own[0] - 3 - width, y - 8], [middle, own[3]], [middle, own[1] - 16]];
    const free = ([left, top]) => {
      const covers = (b) => left < b[2] && b[0] < left + width && top + 1 < b[3] && b[1] < top + 15;
      const inside = left >= 0 && left + width <= wide && top >= 0 && top + 15 <= high;
      return inside && !covered.some(covers) && !names.some(covers) && !marks.some((mark) => mark.disc !== own && covers(mark.disc));
    };
    const corner = corners.find(free);
    if (!corner) continue;
    names.push([corner[0], corner[1] + 1, corner[0] + width, corner[1] + 15]);
    const icon = L.divIcon({ html: el("span", {}, text), className: `name of-${kind}`, iconSize: null, iconAnchor: [x - corner[0], y - corner[1]] });
    L.marker(at(place), { icon, interactive: false, keyboard: false, zIndexOffset: 1e6 }).addTo(nameLayer);
    left[kind] -= 1;
  }
}

