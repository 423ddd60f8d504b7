// Lets a reader play each film of this file: a button, and a slider for the moment.
const isStill = matchMedia("(prefers-reduced-motion: reduce)");
for (const figure of document.querySelectorAll("figure[data-frame]")) {
  const place = figure.querySelector(".picture");
  const data = JSON.parse(figure.querySelector("script").textContent);
  const film = new Film(place, data);
  const [button, slider, said] = ["button", "input", "output"].map((name) => figure.querySelector(name));
  const last = data.frames - 1;
  let frame = Number(figure.dataset.frame);
  let before;
  const show = () => {
    film.paint(frame);
    const at = `${(data.begins + (frame / data.rate) * data.pace).toFixed(1)} s`;
    Object.assign(slider, { max: last, value: frame });
    slider.setAttribute("aria-valuetext", at);
    said.textContent = at;
  };
  const play = (now) => {
    if (before === undefined) return;
    frame = Math.min(last, frame + ((now - before) / 1000) * data.rate);
    before = now;
    show();
    if (frame < last) requestAnimationFrame(play);
    else stop();
  };
  const stop = () => {
    before = undefined;
    button.textContent = "Play";
  };
  button.addEventListener("click", () => {
    if (before !== undefined) return stop();
    if (frame >= last) frame = 0;
    before = performance.now();
    button.textContent = "Pause";
    requestAnimationFrame(play);
  });
  slider.addEventListener("input", () => {
    frame = Number(slider.value);
    show();
  });
  new ResizeObserver(show).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  place.classList.add("lives");
  figure.querySelector(".controls").hidden = false;
  slider.step = isStill.matches ? data.rate : 1;
  show();
}
