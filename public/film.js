// Plays the film of the lot's opening (src/film) over its still, until the program takes over. What it paints, and how, is what
// src/app/paint.rs does with the same shapes.

// A film may be painted with so many pixels for each of the page's at most, as the lot itself.
const FINEST = 3;

// The shapes, by the first letter of their looks; n are their numbers, in the order that src/film/look.rs gives.
const shapes = {
  r(brush, [, fill, line], n) {
    if (n[5] < 1) brush.pencil.globalAlpha = n[5];
    brush.pencil.beginPath();
    brush.pencil.roundRect(n[0], n[1], n[2], n[3], n[4]);
    brush.finish(fill, line, n[6]);
    if (n[5] < 1) brush.pencil.globalAlpha = 1;
  },
  p(brush, [, fill, line], n) {
    brush.pencil.beginPath();
    for (let at = 1; at < n.length; at += 2) brush.pencil.lineTo(n[at], n[at + 1]);
    brush.finish(fill, line, n[0]);
  },
  a(brush, [, line], n) {
    brush.pencil.beginPath();
    brush.pencil.arc(n[0], n[1], n[2], -Math.PI / 2, (n[3] * 2 - 0.5) * Math.PI);
    if (n[3] > 0) brush.finish(null, line, n[4]);
  },
  d(brush, [, fill], n) {
    brush.pencil.beginPath();
    brush.pencil.arc(n[0], n[1], n[2], 0, Math.PI * 2);
    brush.finish(fill);
  },
  t(brush, [, words, align, color, bold, edge], n) {
    const { pencil, colors } = brush;
    pencil.font = `${bold ? "700 " : ""}${n[2]}px ${brush.typeface}`;
    pencil.textAlign = align;
    if (edge !== null) {
      Object.assign(pencil, { strokeStyle: colors[edge], lineWidth: n[2] / 4 });
      pencil.strokeText(words, n[0], n[1]);
    }
    pencil.fillStyle = colors[color];
    pencil.fillText(words, n[0], n[1]);
  },
  s(brush, [, fill], n) {
    brush.pencil.beginPath();
    for (let at = 0; at < n.length; at += 2) {
      if (at % 8) brush.pencil.lineTo(n[at], n[at + 1]);
      else brush.pencil.moveTo(n[at], n[at + 1]);
    }
    brush.finish(fill);
  },
  g(brush, [, parts], [x, y, heading, scale, opacity]) {
    const { pencil } = brush;
    if (opacity < 1) pencil.globalAlpha = opacity;
    pencil.save();
    pencil.translate(x, y);
    pencil.rotate(heading);
    pencil.scale(scale, scale);
    for (const [look, numbers] of parts) brush.draw(look, numbers);
    pencil.restore();
    if (opacity < 1) pencil.globalAlpha = 1;
  },
};

class Brush {
  constructor(place) {
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.pencil = this.canvas.getContext("2d");
    place.append(this.canvas);
  }

  // As many pixels as the place has; all that was painted is gone.
  fit(width, height, scale, colors, typeface) {
    Object.assign(this.canvas, { width, height });
    Object.assign(this, { colors, typeface });
    this.pencil.setTransform(scale, 0, 0, scale, 0, 0);
    Object.assign(this.pencil, { lineCap: "round", lineJoin: "round", textBaseline: "middle" });
  }

  draw(look, numbers) {
    shapes[look[0]](this, look, numbers);
  }

  finish(fill, line, width) {
    const { pencil, colors } = this;
    if (fill !== null) {
      pencil.fillStyle = colors[fill];
      pencil.fill();
    }
    if (!line) return;
    const [color, isDashed] = line;
    Object.assign(pencil, { strokeStyle: colors[color], lineWidth: width });
    pencil.setLineDash(isDashed ? [width * 3, width * 3] : []);
    pencil.stroke();
  }
}

// A curve as src/film/curve.rs writes it, as frames and values.
function curve([grains, ...steps]) {
  const bends = [];
  let [frame, value] = [0, 0];
  for (let at = 0; at < steps.length; at += 2) {
    frame += steps[at];
    value += steps[at + 1];
    bends.push([frame, value / grains]);
  }
  return bends;
}

// Its value at a frame: straight from one bend to the next.
function valueAt(bends, frame) {
  const after = bends.findIndex(([at]) => at > frame);
  if (after < 1) return bends.at(after)[1];
  const [[from, one], [to, other]] = bends.slice(after - 1);
  return one + ((other - one) * (frame - from)) / (to - from);
}

export class Film {
  constructor(place, data) {
    Object.assign(this, { place, data });
    this.brushes = data.layers.map(() => new Brush(place));
    const curves = data.curves.map(curve);
    this.layers = data.layers.map((shots) =>
      shots.map(([look, first, last, numbers, moves]) => ({
        look: data.looks[look],
        first,
        last,
        numbers,
        moves: moves.map(([index, at, beside]) => [index, curves[at], beside]),
      })),
    );
    this.painted = [];
    this.dark = matchMedia("(prefers-color-scheme: dark)");
  }

  // Size, light or dark: if one has changed, everything is painted anew.
  look() {
    const { width, height } = this.place.getBoundingClientRect();
    const ratio = Math.min(Math.max(devicePixelRatio, 1), FINEST);
    const state = [Math.round(width * ratio), Math.round(height * ratio), this.dark.matches];
    if (`${state}` === this.state) return;
    this.state = `${state}`;
    const style = getComputedStyle(document.documentElement);
    const colors = this.data.colors.map((name) => style.getPropertyValue(name));
    for (const brush of this.brushes) brush.fit(state[0], state[1], state[0] / this.data.size[0], colors, style.getPropertyValue("--sans"));
    this.painted = [];
  }

  paint(frame) {
    this.look();
    const whole = Math.floor(frame);
    this.layers.forEach((shots, index) => {
      const seen = shots.filter(({ first, last }) => first <= whole && whole <= last);
      // What stands as it stood is there already.
      const before = this.painted[index];
      if (before?.length === seen.length && seen.every((shot, at) => shot === before[at] && !shot.moves.length)) return;
      this.painted[index] = seen;
      const brush = this.brushes[index];
      brush.pencil.clearRect(0, 0, ...this.data.size);
      for (const { look, numbers, moves } of seen) {
        for (const [index, bends, beside] of moves) numbers[index] = valueAt(bends, frame) + beside;
        brush.draw(look, numbers);
      }
    });
  }

  // What it painted is gone, and what it stood over is seen again.
  end() {
    for (const { canvas } of this.brushes) canvas.remove();
    delete this.place.dataset.filmBegun;
    this.ended = true;
  }

  // Plays until the program has painted. src/app/film.rs says at which microsecond it wants to go on, and the film waits for it there.
  // It goes no further once the reader pauses it, wants no motion, or is told that the program will not come.
  play(still) {
    const begun = performance.now();
    const { rate, frames } = this.data;
    const said = this.place.dataset;
    const shown = still.currentSrc;
    const notice = document.getElementById("panic");
    let [passed, lasts] = [0, (frames - 1) / rate];
    const live = () => this.place.classList.contains("live");
    const paint = () => this.ended || live() || this.paint(passed * rate);
    const stand = () => {
      lasts = passed;
      said.filmLasts = lasts;
    };
    const next = (now) => {
      if (this.ended || live()) return;
      if (!notice.hidden) stand();
      const end = said.filmUntil ? Math.min(said.filmUntil / 1e6, lasts) : lasts;
      passed = Math.min(Math.max(0, (now - begun) / 1000), end);
      this.paint(passed * rate);
      if (said.filmUntil && passed === end) said.filmStands = "";
      else if (passed < lasts) requestAnimationFrame(next);
    };
    this.paint(0);
    Object.assign(said, { filmBegun: Math.round(begun), filmLasts: lasts });
    new MutationObserver((_, observer) => {
      if (!live()) return;
      observer.disconnect();
      this.end();
    }).observe(this.place, { attributeFilter: ["class"] });
    // Another layout has another still. The film is not for it; the program begins where it would have been.
    new ResizeObserver(() => (still.currentSrc === shown ? paint() : this.end())).observe(this.place);
    still.addEventListener("load", () => still.currentSrc === shown || this.end());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
    matchMedia("(prefers-reduced-motion: reduce)").addEventListener("change", stand);
    const pause = Object.assign(document.createElement("button"), { type: "button", textContent: "Pause" });
    pause.addEventListener("click", () => {
      stand();
      said.filmPaused = "";
      pause.remove();
    });
    document.querySelector("#lot-panel .quiet")?.append(" ", pause);
    requestAnimationFrame(next);
  }
}

// Plays the film that stands beside the still of a place. Resolved when its first picture is painted.
export async function play(place) {
  const still = place.querySelector("img");
  await still.decode();
  const answer = await fetch(still.currentSrc.replace(/svg$/, "json"));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const data = await answer.json();
  if (place.classList.contains("live")) return;
  const film = new Film(place, data);
  try {
    film.play(still);
  } catch (error) {
    film.end(); // of a file that is no film nothing stays
    throw error;
  }
}
