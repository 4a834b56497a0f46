// Saving what is shown: tables for a spreadsheet, and the map as a picture.
function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  announce(word("saved", { file: name }));
}

function fileName(kind, ending) {
  const study = DATA.provenance.study.replace(/[^\p{L}\p{N}_-]+/gu, "_");
  return `${study}_${kind}.${ending}`;
}

// A cell that a spreadsheet reads as text: no live formula, quotes doubled.
function cell(value) {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function saveTable(kind, head, rows) {
  const text = [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
  save(new Blob(["\uFEFF", text, "\r\n"], { type: "text/csv;charset=utf-8" }), fileName(kind, "csv"));
}

const PLACE_HEAD = ["name_ja", "name_en"];

function placeCells(place) {
  const p = DATA.places;
  return [p.key[place], p.name_ja[place], p.name_en[place]];
}

function saveHubs() {
  const head = ["site", ...PLACE_HEAD, "prefecture", "technology_ja", "technology_en", "period", "capacity_t", "throughput_t", "utilisation"];
  const rows = DATA.hubs.flatMap((hub) => DATA.periods.flatMap((year, t) => {
    const [capacity, treated] = [hub.capacity_t[t], hub.throughput_t[t]];
    if (!(capacity > 0)) return [];
    return [[...placeCells(hub.place), DATA.places.pref_ja[hub.place], ...DATA.technologies[hub.technology].name,
      year, capacity, treated, Number((treated / capacity).toFixed(4))]];
  }));
  saveTable("hubs", head, rows);
}

function saveFlows() {
  const head = ["from", "from_ja", "from_en", "to", "to_ja", "to_en", "mode", "commodity_ja", "commodity_en", "period", "flow_t"];
  const rows = DATA.flows.flatMap(([from, to, mode, commodity, t]) => DATA.periods.flatMap((year, n) =>
    t[n] > 0 ? [[...placeCells(from), ...placeCells(to), DATA.modes[mode].name[1], ...DATA.commodities[commodity], year, t[n]]] : []));
  saveTable("flows", head, rows);
}

const PICTURE = { scale: 2, head: 64, foot: 110 };

// What Leaflet draws on two canvases, land below marks, and what stands above them.
function paintSheet(pen, { chart, pens }, origin) {
  const container = chart.getContainer();
  const box = container.getBoundingClientRect();
  pen.save();
  pen.translate(box.left - origin.left, box.top - origin.top);
  pen.beginPath();
  pen.rect(0, 0, box.width, box.height);
  pen.clip();
  pen.fillStyle = "#e4ecf1";
  pen.fillRect(0, 0, box.width, box.height);
  for (const canvas of pens.map((each) => each._container).filter(Boolean)) {
    const own = canvas.getBoundingClientRect();
    pen.drawImage(canvas, own.left - box.left, own.top - box.top, own.width, own.height);
  }
  for (const shape of container.querySelectorAll(".hub svg circle, .hub svg text, .name span, .inset-title")) {
    paintMark(pen, shape, box);
  }
  pen.strokeStyle = "#9aa1a6";
  pen.strokeRect(0, 0, box.width, box.height);
  pen.restore();
}

// The lines of a text that are no wider than `width`, broken at spaces or between full-width signs.
function lines(pen, text, width, font) {
  pen.font = font;
  const found = [""];
  for (const part of text.match(/[^\x20-\x7e]|[\x21-\x7e]+|\x20+/g) || []) {
    if (pen.measureText(found[found.length - 1] + part).width > width) found.push(part.trimStart());
    else found[found.length - 1] += part;
  }
  return found;
}

function paintMark(pen, shape, box) {
  const own = shape.getBoundingClientRect();
  const [x, y] = [(own.left + own.right) / 2 - box.left, (own.top + own.bottom) / 2 - box.top];
  pen.globalAlpha = Number(shape.closest("svg")?.getAttribute("opacity") || 1);
  if (shape.tagName === "circle") {
    pen.beginPath();
    pen.arc(x, y, Number(shape.getAttribute("r")), 0, 2 * Math.PI);
    pen.fillStyle = shape.getAttribute("fill");
    pen.fill();
    pen.strokeStyle = "#222";
    pen.lineWidth = 1;
    pen.stroke();
  } else {
    const look = getComputedStyle(shape);
    const font = `${look.fontStyle} ${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
    if (shape.classList.contains("inset-title")) {
      lines(pen, shape.textContent, box.width - 8, font).forEach((line, n) =>
        paintText(pen, line, 5, 10 + 15 * n, font, { colour: look.color }));
      return;
    }
    paintText(pen, shape.textContent, x, y, font, {
      align: "center", colour: shape.getAttribute("fill") || look.color, halo: !shape.getAttribute("fill") || shape.classList.contains("halo"),
    });
  }
  pen.globalAlpha = 1;
}

function paintText(pen, text, x, y, font, { align = "left", colour = "#20262c", halo = false } = {}) {
  pen.font = font;
  pen.textAlign = align;
  pen.textBaseline = "middle";
  if (halo) {
    pen.strokeStyle = "#fff";
    pen.lineWidth = 3;
    pen.lineJoin = "round";
    pen.strokeText(text, x, y);
  }
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
  return pen.measureText(text).width;
}

// Modes and technologies in one line, as in the legend.
function paintKey(pen, y, font) {
  let x = 12;
  for (const mode of DATA.modes) {
    pen.beginPath();
    pen.setLineDash(mode.dash.map((part) => part * 3));
    pen.moveTo(x, y);
    pen.lineTo(x + 30, y);
    pen.strokeStyle = mode.colour;
    pen.lineWidth = 3;
    pen.stroke();
    pen.setLineDash([]);
    x += 36 + paintText(pen, both(mode.name), x + 36, y, font) + 16;
  }
  DATA.technologies.forEach((technology, g) => {
    if (!handles(g)) return;
    pen.beginPath();
    pen.arc(x + 8, y, 8, 0, 2 * Math.PI);
    pen.fillStyle = technology.colour;
    pen.fill();
    pen.strokeStyle = "#222";
    pen.lineWidth = 1;
    pen.stroke();
    paintText(pen, technology.letter, x + 8, y + 0.5, `700 10px ${font.split("px ")[1]}`, { align: "center", colour: technology.ink });
    x += 22 + paintText(pen, both(technology.name), x + 22, y, font) + 16;
  });
}

function picture() {
  const container = map.getContainer();
  const box = container.getBoundingClientRect();
  const canvas = el("canvas", { width: box.width * PICTURE.scale, height: (box.height + PICTURE.head + PICTURE.foot) * PICTURE.scale });
  const pen = canvas.getContext("2d");
  const font = getComputedStyle(document.body).fontFamily;
  pen.scale(PICTURE.scale, PICTURE.scale);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  paintText(pen, `${both(DATA.title)}  ${word("in_year", { year: DATA.periods[state.t] })}`, 12, 20, `700 18px ${font}`);
  paintKey(pen, 48, `12px ${font}`);
  pen.save();
  pen.translate(0, PICTURE.head);
  for (const each of sheets) paintSheet(pen, each, box);
  paintScale(pen, box, font);
  pen.restore();
  const p = DATA.provenance;
  const foot = [both(p.proof), `${word("study")} ${p.study} · ${word("config")} ${p.config.slice(0, 12)} · ${p.solver}`,
    `${word("credits")} ${p.credits.map(both).join(" · ")}`];
  let y = PICTURE.head + box.height + 16;
  for (const text of foot) {
    for (const line of lines(pen, text, box.width - 24, `11px ${font}`)) {
      paintText(pen, line, 12, y, `11px ${font}`);
      y += 17;
    }
  }
  return canvas;
}

function paintScale(pen, box, font) {
  const bar = map.getContainer().querySelector(".leaflet-control-scale-line");
  const own = bar.getBoundingClientRect();
  const [x, y] = [own.left - box.left, own.bottom - box.top];
  pen.strokeStyle = "#20262c";
  pen.lineWidth = 2;
  pen.strokeRect(x, y - 5, own.width, 5);
  paintText(pen, bar.textContent, x + 4, y - 13, `11px ${font}`, { halo: true });
}

function savePicture() {
  picture().toBlob((blob) => save(blob, fileName(`map_${DATA.periods[state.t]}`, "png")), "image/png");
}

document.getElementById("png").addEventListener("click", savePicture);
document.getElementById("csv-hubs").addEventListener("click", saveHubs);
document.getElementById("csv-flows").addEventListener("click", saveFlows);
