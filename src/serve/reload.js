// Keeps an open page as the server has it. Only `gen serve` adds it to pages.
(() => {
  "use strict";
  const script = document.currentScript;
  let { content, style } = script.dataset;
  const PLACE = "gen:place";

  // What stands at the top of the window tells the reader's place. It is known again by its text:
  // ids count rows, and move when text is added above. Several are kept, as one may be what changed.
  const BLOCKS = "h1,h2,h3,h4,h5,h6,p,li,pre,blockquote,figure,dt,dd,tr,img";
  const KEPT = 12;
  const sign = (element) => element.textContent.trim().slice(0, 300) || element.getAttribute("src");

  const keepPlace = () => {
    const seen = [];
    const all = scrollY > 0 ? [...document.querySelectorAll(BLOCKS)] : [];
    for (const [at, element] of all.entries()) {
      const box = element.getBoundingClientRect();
      if (seen.length < KEPT && box.height > 0 && box.bottom > 0 && box.top < innerHeight) {
        seen.push({ at, name: element.localName, sign: sign(element), offset: box.top });
      }
    }
    const place = { path: location.pathname, seen, top: scrollY, left: scrollX };
    try {
      sessionStorage.setItem(PLACE, JSON.stringify(place));
    } catch {
      // Without storage the browser's own memory of the place has to do.
    }
  };

  // Of those that read alike the nearest one.
  const findAgain = ({ seen }) => {
    const all = [...document.querySelectorAll(BLOCKS)];
    for (const { at, name, sign: wanted, offset } of seen) {
      let [found, distance] = [null, Infinity];
      for (const [index, element] of all.entries()) {
        const near = Math.abs(index - at);
        if (near < distance && element.localName === name && sign(element) === wanted) {
          [found, distance] = [element, near];
        }
      }
      if (found) return { element: found, offset };
    }
    return null;
  };

  const findPlace = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
    } catch {
      return;
    }
    if (!place || place.path !== location.pathname) return;
    history.scrollRestoration = "manual";
    const again = findAgain(place);
    const go = () => {
      const top = again
        ? scrollY + again.element.getBoundingClientRect().top - again.offset
        : place.top;
      scrollTo({ left: place.left, top, behavior: "instant" });
    };
    const after = () => {
      go();
      // Pictures and fonts move what is below them, until the reader moves it.
      const watcher = new ResizeObserver(go);
      watcher.observe(document.documentElement);
      const stop = () => watcher.disconnect();
      for (const event of ["wheel", "touchstart", "keydown", "pointerdown"]) {
        addEventListener(event, stop, { once: true, passive: true });
      }
      setTimeout(() => {
        stop();
        history.scrollRestoration = "auto";
      }, 1000);
    };
    if (document.readyState === "complete") after();
    else {
      addEventListener("DOMContentLoaded", go, { once: true });
      addEventListener("load", () => setTimeout(after), { once: true });
    }
  };

  const reload = () => {
    keepPlace();
    location.reload();
  };

  // The new sheet takes the place of the old one when it is there: no moment without.
  const restyle = (sheets) => {
    const links = [...document.querySelectorAll("link[rel~=stylesheet]")];
    if (links.length !== sheets.length) return reload();
    links.forEach((link, at) => {
      const address = new URL(sheets[at], location.href);
      address.searchParams.set("gen", style.slice(0, 8));
      const next = link.cloneNode();
      next.href = address.href;
      next.addEventListener("load", () => link.remove(), { once: true });
      next.addEventListener("error", () => link.remove(), { once: true });
      link.after(next);
    });
  };

  let host = null;
  const element = (name, text, parent) => {
    const made = document.createElement(name);
    if (text !== null) made.textContent = text;
    parent.append(made);
    return made;
  };
  // Everything is set as text: nothing of a file can become mark-up here.
  const show = (panel) => {
    host?.remove();
    host = null;
    if (Array.isArray(panel)) return;
    host = document.createElement("gen-problems");
    host.lang = panel.lang;
    host.setAttribute("role", "alert");
    const root = host.attachShadow({ mode: "open" });
    element("style", CSS, root);
    const box = element("div", null, root);
    element("h1", panel.title, box);
    for (const problem of panel.problems) {
      const section = element("section", null, box);
      const line = element("p", null, section);
      element("b", problem.message, line);
      element("small", ` ${problem.code}`, line);
      const place = element(problem.editor ? "a" : "span", problem.place, element("p", null, section));
      if (problem.editor && !/^\s*(javascript|data|vbscript):/i.test(problem.editor)) {
        place.href = problem.editor;
      }
      if (problem.excerpt) {
        const { line, before, marked, after } = problem.excerpt;
        const pre = element("pre", `${line} │ ${before}`, section);
        element("mark", marked, pre);
        pre.append(`${after}\n`);
        // What is in front of the caret is as wide as what is above it, in any font.
        element("span", `${line} │ ${before}`, pre);
        element("i", "^".repeat(Math.max(1, [...marked].length)), pre);
      }
      if (problem.help) element("p", `→ ${problem.help}`, section);
    }
    if (panel.more) element("p", panel.more, box);
    document.documentElement.append(host);
  };

  const CSS = `
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; }
    div { max-height: 60vh; overflow: auto; padding: 1em 1.5em; background: #1d1b1a; color: #f4efe9;
      font: 15px/1.5 system-ui, sans-serif; border-top: 4px solid #d33; }
    h1 { font-size: 1.1em; margin: 0 0 .5em; color: #ff9c8f; }
    section { margin: 0 0 1em; } p { margin: .2em 0; }
    a { color: #8fc7ff; } small { color: #b8afa6; }
    pre { margin: .4em 0; padding: .5em; overflow: auto; background: #000; tab-size: 4;
      font: 14px/1.4 ui-monospace, monospace; }
    mark { background: none; color: inherit; text-decoration: underline wavy #ff6b5e; }
    pre span { visibility: hidden; } pre i { color: #ff6b5e; font-style: normal; }`;

  let source = null;
  let retry = 0;
  const listen = () => {
    clearTimeout(retry);
    source?.close();
    // Browsers keep few streams open to one server: what nobody sees does without.
    if (document.hidden) return;
    const query = new URLSearchParams({ path: location.pathname, content, style });
    source = new EventSource(`${new URL("events", script.src).pathname}?${query}`);
    source.addEventListener("problems", (event) => show(JSON.parse(event.data)));
    source.addEventListener("reload", reload);
    source.addEventListener("style", (event) => {
      const data = JSON.parse(event.data);
      ({ content, style } = data);
      restyle(data.sheets);
    });
    source.addEventListener("error", () => {
      source.close();
      retry = setTimeout(listen, 500);
    });
  };

  findPlace();
  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", (event) => event.persisted && listen());
  addEventListener("pagehide", () => source?.close());
  listen();
})();
