"""Time the map of finished outputs: bytes, build, first paint, ready, pan, slider; prints a table.

``python bench/map.py out/japan [out/japan-SCENARIO …]`` draws the page of the outputs into a
temporary folder and opens it in Chromium, as it is and with the processor slowed four times.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import sync_playwright

from siting.maps.page import write_map
from siting.scenarios.finished import read_outcomes

RUNS = 3

PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
  for (const { name, startTime } of list.getEntries()) {
    if (name === "first-contentful-paint") done(startTime);
  }
}).observe({ type: "paint", buffered: true }))"""
READY = """() => new Promise((done) => {
  const told = () => {
    const { loadEventEnd } = performance.getEntriesByType("navigation")[0];
    if (loadEventEnd > 0) done(loadEventEnd);
    else setTimeout(told, 10);
  };
  told();
})"""
SLIDE = """() => new Promise((done) => {
  const slider = document.getElementById("period"), started = performance.now();
  slider.value = slider.value === "0" ? slider.max : 0;
  slider.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
})"""
FRAMES = """() => { window.frames_ = []; let last = performance.now();
  const tick = (now) => { window.frames_.push(now - last); last = now;
    if (window.frames_.length < 2000) requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""


def told(name: str, value: float, unit: str) -> None:
    """Write one figure."""
    sys.stdout.write(f"{name:<36}{value:10.1f} {unit}\n")


def pan_fps(page: Any) -> float:
    """Return the frames of a second while the map is dragged to and fro."""
    box = page.locator(".folium-map").bounding_box()
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 3
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    for step in range(60):
        page.mouse.move(x + 3 * (step if step < 30 else 60 - step), y)
        page.wait_for_timeout(8)
    frames = page.evaluate("window.frames_")
    page.mouse.up()
    return 1000.0 * len(frames) / sum(frames)


def figures(browser: Any, path: Path, slowdown: int) -> dict[str, float]:
    """Return what one visit of the page at `path` measures."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    if slowdown > 1:
        devtools = context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    page.goto(path.as_uri())
    found = {
        "first paint [ms]": page.evaluate(PAINT),
        "ready [ms]": page.evaluate(READY),
        "slider [ms]": statistics.median(page.evaluate(SLIDE) for _ in range(5)),
        "pan [frames/s]": pan_fps(page),
        "heap [MB]": page.evaluate("performance.memory.usedJSHeapSize") / 1e6,
    }
    context.close()
    return found


def main() -> None:
    """Draw, open and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outputs", nargs="+", type=Path)
    outcomes = read_outcomes(parser.parse_args().outputs)
    others = {outcome.study: outcome for outcome in outcomes[1:]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        seconds = []
        for _ in range(RUNS):
            started = time.perf_counter()
            write_map(path, outcomes[0], others)
            seconds.append(time.perf_counter() - started)
        told("file", path.stat().st_size / 1000, "kB")
        told("build, in Python", statistics.median(seconds), "s")
        with sync_playwright() as play:
            program = which("chromium") or which("chromium-browser")
            browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
            for slowdown in (1, 4):
                visits = [figures(browser, path, slowdown) for _ in range(RUNS)]
                for name in visits[0]:
                    what, unit = name.rstrip("]").split(" [")
                    told(f"{what}, processor 1/{slowdown}",
                         statistics.median(visit[name] for visit in visits), unit)  # fmt: skip
            browser.close()


if __name__ == "__main__":
    main()
