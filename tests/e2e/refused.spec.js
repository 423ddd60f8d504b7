// Browsers and frames that refuse IndexedDB: the lot runs all the same, and says where its rows live.
import { count, expect, figure, open, test } from "./site.js";

const refusals = {
  "throws at once": () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
  },
  "is not there": () => {
    Object.defineProperty(window, "indexedDB", { value: undefined });
  },
  "fails later": () => {
    IDBFactory.prototype.open = function () {
      const request = Object.create(IDBOpenDBRequest.prototype);
      const target = new EventTarget();
      for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
        request[name] = target[name].bind(target);
      }
      let onerror = null;
      Object.defineProperties(request, {
        error: { get: () => new DOMException("not in this frame", "UnknownError") },
        readyState: { get: () => "done" },
        onerror: { set: (handler) => (onerror = handler) },
        onsuccess: { set: () => {} },
        onupgradeneeded: { set: () => {} },
        onblocked: { set: () => {} },
      });
      setTimeout(() => {
        const event = new Event("error");
        Object.defineProperty(event, "target", { value: request });
        onerror?.call(request, event);
        target.dispatchEvent(event);
      }, 50);
      return request;
    };
  },
  "never answers": () => {
    IDBFactory.prototype.open = () => Object.create(IDBOpenDBRequest.prototype, {
      onerror: { set: () => {} },
      onsuccess: { set: () => {} },
      onupgradeneeded: { set: () => {} },
      onblocked: { set: () => {} },
      readyState: { get: () => "pending" },
    });
  },
};

for (const [how, refuse] of Object.entries(refusals)) {
  test(`IndexedDB ${how}`, async ({ page, complaints }) => {
    await page.addInitScript(refuse);
    await open(page, "rate=10&query_ms=100");
    await expect(figure(page, "notice")).toContainText("Rows live in memory");
    await expect.poll(() => count(page, "rows")).toBeGreaterThan(3);
    await page.getByRole("button", { name: "Restart the database" }).click();
    await expect.poll(() => count(page, "failed")).toBeGreaterThan(0);
  });
}

test("in a sandboxed frame", async ({ page, complaints }) => {
  await page.route("**/host.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><title>A course</title><iframe sandbox="allow-scripts" width="800" height="900" src="./?rate=10&query_ms=100"></iframe>',
    }),
  );
  await page.goto("host.html");
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("#lot-picture.live")).toBeVisible();
  await expect(figure(frame, "notice")).toContainText("Rows live in memory");
  await expect.poll(() => count(frame, "rows")).toBeGreaterThan(3);
  // The link is not the frame's to change; the knobs turn all the same.
  await frame.getByRole("slider", { name: "pool_size" }).fill("3");
  await expect(figure(frame, "status")).toContainText("Pool size: 3");
});
