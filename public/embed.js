// <valet-lot scene="overflow-run" pool-size="3" lock="max_overflow">: a scene of Valet in a course page. It makes the frame, gives it
// its height, hands attributes and methods in, and events out: docs/embedding.md.
{
  const site = new URL(".", import.meta.url);
  const OWN = new Set(["scene", "title", "height", "id", "class", "style", "slot", "hidden"]);
  const isOwn = (name) => OWN.has(name) || /^(on|aria-|data-)/u.test(name);

  customElements.get("valet-lot") ??
    customElements.define(
      "valet-lot",
      class extends HTMLElement {
        #frame = document.createElement("iframe");
        #height = 640;
        #hear = ({ source, data }) => {
          if (source !== this.#frame.contentWindow || data?.valet !== 1) return;
          if (data.type === "resize") this.#height = data.height;
          if (data.type === "resize" && !this.hasAttribute("height")) this.#frame.style.height = `${data.height}px`;
          this.dispatchEvent(new CustomEvent(`valet-${data.type}`, { detail: data, bubbles: true }));
        };

        // Whatever attribute changes: the keys of an address are many. Several at once load the scene once.
        #watch = new MutationObserver(() => this.#follow());

        #follow() {
          const fixed = parseInt(this.getAttribute("height"), 10);
          this.#frame.title = this.title || "Valet: a connection pool";
          this.#frame.style.height = `${fixed || this.#height}px`;
          if (this.#frame.src !== this.src) this.#frame.src = this.src;
        }

        /** The address of the frame. */
        get src() {
          const scene = this.getAttribute("scene") ?? "lot";
          const address = new URL(`embed/${encodeURIComponent(scene)}.html`, site);
          for (const { name, value } of this.attributes) {
            if (!isOwn(name)) address.searchParams.set(name.replaceAll("-", "_"), value);
          }
          return address.href;
        }

        connectedCallback() {
          Object.assign(this.#frame, { loading: "lazy", allow: "fullscreen; clipboard-write" });
          this.#frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
          Object.assign(this.#frame.style, { display: "block", width: "100%", border: "0" });
          this.style.display ||= "block";
          addEventListener("message", this.#hear);
          this.#follow();
          this.#watch.observe(this, { attributes: true });
          for (const child of this.children) child.hidden = true; // what stands for the scene where no script runs
          this.append(this.#frame);
        }

        disconnectedCallback() {
          removeEventListener("message", this.#hear);
          this.#watch.disconnect();
          this.#frame.remove();
        }

        /** Sends a message of docs/embedding.md. */
        send(type, more) {
          this.#frame.contentWindow?.postMessage({ valet: 1, type, ...more }, site.origin);
        }

        play() {
          this.send("play");
        }

        pause() {
          this.send("pause");
        }

        step(back = false) {
          this.send("step", { back });
        }

        seek(at) {
          this.send("seek", { at });
        }

        set(settings) {
          this.send("set", { settings });
        }

        reset() {
          this.send("reset");
        }

        restore(state) {
          this.send("restore", { state });
        }

        /** The state of the scene, as a text to give back to `restore`. */
        state() {
          return new Promise((done) => {
            this.addEventListener("valet-state", ({ detail }) => done(detail.state), { once: true });
            this.send("get");
          });
        }
      },
    );
}
