// Ways in which a browser refuses IndexedDB: each runs in the page before anything else does.
export const refusals = {
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
