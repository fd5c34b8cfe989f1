// The page works without this file. It remembers how the reader likes to read, keeps their place
// when the view changes, and shows a term's entry of the vocabulary list as a card beside the word.
"use strict";

// What the reader chose last. Storage may be forbidden; then choices last as long as the page.
const choices = {
  get(key) { try { return localStorage.getItem("gen-" + key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem("gen-" + key, value); } catch { /* not kept */ } },
};

// The view: the address decides, then what was chosen last, then the page as it is.
function rememberView() {
  const radios = [...document.querySelectorAll('input[name="view"]')];
  if (!radios.length) return;
  const wanted = new URLSearchParams(location.search).get("view") ?? choices.get("view");
  const found = radios.find(radio => radio.value === wanted);
  if (found) found.checked = true;
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      choices.set("view", radio.value);
      keepPlace();
    });
  }
}

// Pinyin over the words, likewise.
function rememberPinyin() {
  const box = document.getElementById("py");
  if (!box) return;
  const wanted = new URLSearchParams(location.search).get("py") ?? choices.get("py");
  if (wanted !== null) box.checked = wanted === "1";
  box.addEventListener("change", () => {
    choices.set("py", box.checked ? "1" : "0");
    keepPlace();
  });
}

// The row at the top of the window, and how far below the top it stands: noted while the reader
// scrolls, because by the time a view has changed the rows have moved.
let place = null;

function notePlace() {
  const rows = document.querySelectorAll(".body > .pair");
  for (const row of rows) {
    const box = row.getBoundingClientRect();
    if (box.bottom > 0) {
      place = box.top < innerHeight ? { row, top: box.top } : null;
      return;
    }
  }
}

function keepPlace() {
  if (!place || scrollY === 0) return;
  const moved = place.row.getBoundingClientRect().top - place.top;
  scrollBy({ top: moved, behavior: "instant" });
}

// The card: one popover for the page, filled from the entry that the term links to.
function cards() {
  const terms = document.querySelectorAll('.body a.term[href^="#w-"]');
  if (!terms.length || !HTMLElement.prototype.showPopover) return;
  const card = document.createElement("div");
  card.id = "card";
  card.popover = "auto";
  document.querySelector("main").append(card);
  let term = null;
  let timer = 0;

  const after = (delay, action) => { clearTimeout(timer); timer = setTimeout(action, delay); };
  const close = () => card.hidePopover();
  const isOpen = () => card.matches(":popover-open");

  function open(link) {
    clearTimeout(timer);
    if (isOpen() && term === link) return;
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return;
    if (isOpen()) close();
    card.replaceChildren(...[...entry.children].map(asParagraph));
    term = link;
    // The source puts the card behind the word in the order of the Tab key.
    card.showPopover({ source: link });
    link.setAttribute("aria-expanded", "true");
    put(link);
  }

  // Entries are <dt> and <dd>, which stand in lists only.
  function asParagraph(part) {
    const p = document.createElement("p");
    p.className = part.className || "card-word";
    if (part.lang) p.lang = part.lang;
    p.append(...part.cloneNode(true).childNodes);
    return p;
  }

  // Below the word, or above where there is no room; a sheet at the bottom of a small screen.
  function put(link) {
    card.style.removeProperty("left");
    card.style.removeProperty("top");
    const word = link.getClientRects()[0];
    if (innerWidth < 640) {
      const covered = word.bottom + 16 - card.getBoundingClientRect().top;
      if (covered > 0) scrollBy({ top: covered, behavior: "instant" });
      return;
    }
    const left = Math.min(word.left, innerWidth - card.offsetWidth - 16);
    const below = word.bottom + 6;
    const above = word.top - card.offsetHeight - 6;
    const top = below + card.offsetHeight > innerHeight && above > 0 ? above : below;
    card.style.left = Math.max(16, left) + "px";
    card.style.top = top + "px";
  }

  card.addEventListener("toggle", event => {
    if (event.newState === "closed") {
      term?.setAttribute("aria-expanded", "false");
      term = null;
    }
  });
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", () => after(250, close));
  for (const link of terms) {
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("aria-controls", "card");
    const mouse = action => event => { if (event.pointerType === "mouse") action(); };
    link.addEventListener("pointerenter", mouse(() => after(200, () => open(link))));
    link.addEventListener("pointerleave", mouse(() => after(250, close)));
    link.addEventListener("focus", () => { if (link.matches(":focus-visible")) open(link); });
    link.addEventListener("click", event => {
      event.preventDefault();
      open(link);
    });
  }
  addEventListener("scroll", () => { if (isOpen() && innerWidth >= 640) put(term); }, { passive: true });
}

addEventListener("scroll", notePlace, { passive: true });
rememberView();
rememberPinyin();
notePlace();
cards();
