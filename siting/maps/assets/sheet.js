// A sheet is a map to draw on: the main one, and an inset for the islands left out of its view.
// On screen all its marks are one layer of a canvas; on paper each is a layer of its own.
// Corners of marks that are no circles, in radii from the middle.
const SHAPES = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  triangle: [[-1.1, -0.9], [1.1, -0.9], [0, 1.1]],
  pentagon: [0, 1, 2, 3, 4].map((n) => [Math.sin(n * 1.2566), -Math.cos(n * 1.2566)]),
};

const Shape = L.CircleMarker.extend({
  _updatePath() {
    const { x, y } = this._point;
    const r = this._radius;
    this._parts = [SHAPES[this.options.shape].map(([dx, dy]) => L.point(x + dx * r, y + dy * r))];
    this._renderer._updatePoly(this, true);
  },
});

function shapePath(shape, x, y, r, look) {
  const corners = SHAPES[shape].map(([dx, dy]) => `${x + dx * r} ${y + dy * r}`);
  return el("path", { d: `M${corners.join("L")}Z`, ...look });
}

// Where marks stand: the places, and after them the eco-towns.
const SPOTS = {
  lat: [...DATA.places.lat, ...DATA.eco_towns.map((town) => town[2])],
  lon: [...DATA.places.lon, ...DATA.eco_towns.map((town) => town[3])],
};

function at(i) {
  return [SPOTS.lat[i], SPOTS.lon[i]];
}

// Where [latitude, longitude] pairs lie in Web Mercator at zoom 0 [pixel], projected once for all.
function inWorld(corners) {
  const points = corners.map(([lat, lng]) => map.options.crs.latLngToPoint({ lat, lng }, 0));
  return [Float64Array.from(points, ({ x }) => x), Float64Array.from(points, ({ y }) => y)];
}

// The same on the layer of a map as it now stands [pixel].
function onLayer(chart, [x, y]) {
  const scale = chart.getZoomScale(chart.getZoom(), 0);
  const origin = chart.getPixelOrigin();
  return [x.map((value) => Math.round(value * scale) - origin.x), y.map((value) => Math.round(value * scale) - origin.y)];
}

const SPOTS_IN_WORLD = inWorld(SPOTS.lat.map((lat, n) => [lat, SPOTS.lon[n]]));

// One layer of a canvas for much; it projects in _project and traces in _paint.
const Painting = L.Path.extend({
  initialize(chart, options) {
    L.setOptions(this, options);
    this.chart = chart;
  },
  _update() {}, // all was projected, and the canvas calls _updatePath
  _updatePath() {
    if (this._renderer._drawing) this._paint(this._renderer._ctx);
  },
});

const lands = DATA.outlines.map(({ rings }) => rings.map(unpacked));
const LANDS_IN_WORLD = lands.map((rings) => rings.map(inWorld));

// The land, prefecture by prefecture.
const Land = Painting.extend({
  _project() {
    this.rings = LANDS_IN_WORLD.map((rings) => rings.map((ring) => onLayer(this.chart, ring)));
  },
  _paint(pen) {
    for (const rings of this.rings) {
      pen.beginPath();
      for (const [x, y] of rings) {
        pen.moveTo(x[0], y[0]);
        for (let n = 1; n < x.length; n += 1) pen.lineTo(x[n], y[n]);
        pen.closePath();
      }
      this._renderer._fillStroke(pen, this);
    }
  },
});

// A mark is { kind, row, shape, spot, to, radius, …look }: what it shows, and how it is drawn.
// A line runs from `spot` to `to`; every other shape stands at `spot`.
const Sheaf = Painting.extend({
  marks: [],
  what: null,
  show(marks) {
    this.marks = marks;
    if (this._map) this._renderer._requestRedraw(this);
  },
  _project() {
    [this.x, this.y] = onLayer(this.chart, SPOTS_IN_WORLD);
  },
  _paint(pen) {
    for (const mark of this.marks) {
      this._trace(pen, mark);
      this._renderer._fillStroke(pen, { options: mark });
    }
  },
  _trace(pen, { shape, spot, to, radius }) {
    const [x, y] = [this.x[spot], this.y[spot]];
    pen.beginPath();
    if (shape === "circle") pen.arc(x, y, Math.max(Math.round(radius), 1), 0, 2 * Math.PI);
    else if (shape === "line") {
      const [cx, cy] = bulge(x, y, this.x[to], this.y[to]);
      pen.moveTo(x, y);
      pen.quadraticCurveTo(cx, cy, this.x[to], this.y[to]);
    } else {
      for (const [dx, dy] of SHAPES[shape]) pen.lineTo(x + dx * radius, y + dy * radius);
      pen.closePath();
    }
  },
  // The topmost mark under the mouse is kept as what the layer is.
  _containsPoint(point) {
    const slack = this._renderer.options.tolerance || 0;
    this.what = null;
    for (let n = this.marks.length - 1; n >= 0 && !this.what; n -= 1) {
      if (this._isUnder(point, this.marks[n], slack)) this.what = this.marks[n];
    }
    return this.what !== null;
  },
  _isUnder({ x, y }, { shape, spot, to, radius, stroke, weight }, slack) {
    const reach = slack + (stroke ? weight / 2 : 0);
    const [ax, ay] = [this.x[spot], this.y[spot]];
    if (shape !== "line") return Math.hypot(x - ax, y - ay) <= radius + reach;
    const [bx, by] = [this.x[to], this.y[to]];
    const far = reach + 0.2 * Math.hypot(bx - ax, by - ay); // a line bends by less
    if (x < Math.min(ax, bx) - far || x > Math.max(ax, bx) + far) return false;
    if (y < Math.min(ay, by) - far || y > Math.max(ay, by) + far) return false;
    const [cx, cy] = bulge(ax, ay, bx, by);
    let [px, py] = [ax, ay];
    for (let u = 0.125; u <= 1; u += 0.125) {
      const [qx, qy] = [(1 - u) ** 2 * ax + 2 * u * (1 - u) * cx + u * u * bx, (1 - u) ** 2 * ay + 2 * u * (1 - u) * cy + u * u * by];
      const along = ((x - px) * (qx - px) + (y - py) * (qy - py)) / ((qx - px) ** 2 + (qy - py) ** 2 || 1);
      const part = Math.min(1, Math.max(0, along));
      if (Math.hypot(px + part * (qx - px) - x, py + part * (qy - py) - y) <= reach) return true;
      [px, py] = [qx, qy];
    }
    return false;
  },
});

// A mark as a layer of Leaflet's own, for paper.
function ownLayer(mark, renderer) {
  const look = { ...mark, dashArray: mark._dashArray?.join(" ") || null, renderer };
  if (mark.shape === "line") return L.polyline(bend(at(mark.spot), at(mark.to)), look);
  return mark.shape === "circle" ? L.circleMarker(at(mark.spot), look) : new Shape(at(mark.spot), look);
}

function sheetOn(chart, within) {
  chart.createPane("land").style.zIndex = 200;
  const land = L.layerGroup().addTo(chart);
  const inside = Uint8Array.from(SPOTS.lat, (_, n) => within(at(n)));
  const holds = (spot) => inside[spot] === 1;
  return { chart, holds, land, marks: L.featureGroup().addTo(chart), hubs: new Map(), pens: [] };
}

function insetSheet({ name, view }, number) {
  const frame = el("div", { class: `inset inset-${number}` });
  map.getContainer().parentElement.append(frame);
  const still = { zoomControl: false, attributionControl: false, dragging: false, keyboard: false,
    scrollWheelZoom: false, doubleClickZoom: false, boxZoom: false, touchZoom: false, zoomSnap: 0 };
  const chart = L.map(frame, still).fitBounds(view, { animate: false });
  const area = L.latLngBounds(view);
  frame.append(el("p", { class: "inset-title", "data-word": name }));
  return { ...sheetOn(chart, (spot) => area.contains(spot)), view };
}

const sheets = [sheetOn(map, () => true), ...DATA.insets.map(insetSheet)];

// Chromium prints stacked canvases opaque, so printing draws with SVG.
function takePens(pen) {
  for (const each of sheets) {
    each.marks.clearLayers();
    each.hubs.clear();
    each.land.clearLayers();
    each.pens.forEach((old) => old.remove());
    each.pens = [pen({ pane: "land", padding: 0.4 }), pen({ padding: 0.4 })];
    each.sheaf = pen === L.canvas ? new Sheaf(each.chart, { renderer: each.pens[1] }).addTo(each.marks) : null;
    each.paper = each.sheaf ? null : L.featureGroup().addTo(each.marks);
  }
}

let gathered = []; // the marks of all sheets

function add(mark, kind, row) {
  gathered.push({ stroke: true, fill: mark.shape !== "line", color: "#3388ff", weight: 1, opacity: 1,
    lineCap: "round", lineJoin: "round", ...mark, kind, row });
}

// Of what add() has gathered, each sheet shows what stands on it or begins or ends there.
function drawGathered() {
  for (const { holds, sheaf, paper, pens } of sheets) {
    const own = gathered.filter(({ spot, to }) => holds(spot) || (to !== undefined && holds(to)));
    paper?.clearLayers();
    for (const mark of paper ? own : []) paper.addLayer(ownLayer(mark, pens[1]));
    sheaf?.show(own);
  }
  gathered = [];
}
