// Lines of the maps: dashes of a mode, bends of a flow, and the corners of an outline.
const BEND = 0.14; // how far aside the point lies that a flow is drawn towards, in parts of its length

function dashes(mode, width) {
  return mode.dash.map((part) => part * Math.max(width, 1.2));
}

function dash(mode, width) {
  return dashes(mode, width).join(" ") || null;
}

// A line from a to b that bends to the left of the direction of travel.
function bend(a, b) {
  const flat = Math.cos(((a[0] + b[0]) * Math.PI) / 360);
  const [dy, dx] = [b[0] - a[0], (b[1] - a[1]) * flat];
  const middle = [(a[0] + b[0]) / 2 + BEND * dx, (a[1] + b[1]) / 2 - (BEND * dy) / flat];
  const steps = Array.from({ length: 9 }, (_, n) => n / 8);
  return steps.map((u) =>
    [0, 1].map((c) => (1 - u) ** 2 * a[c] + 2 * u * (1 - u) * middle[c] + u * u * b[c]),
  );
}

// The same on a flat sheet: the point a line from a to b is drawn towards in the middle [pixel].
function bulge(ax, ay, bx, by) {
  return [(ax + bx) / 2 + BEND * (by - ay), (ay + by) / 2 - BEND * (bx - ax)];
}

function unpacked(ring) {
  const corners = [];
  let [lon, lat] = [0, 0];
  for (let n = 0; n < ring.length; n += 2) {
    lon += ring[n];
    lat += ring[n + 1];
    corners.push([lat * DATA.step_deg, lon * DATA.step_deg]);
  }
  return corners;
}
