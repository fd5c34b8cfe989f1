// The page works without this file. It remembers how the reader likes to read, keeps their place
// when that changes, and shows a term's entry of the vocabulary list as a card beside the word.
// It stands right after the bar, so that the page is first painted as the reader chose.

// What the reader chose last. Storage may be forbidden; then choices last as long as the page.
const kept = {
  get(key) { try { return localStorage.getItem("gen-" + key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem("gen-" + key, value); } catch {} },
};
const query = new URLSearchParams(location.search);
const choices = [...document.querySelectorAll(".bar input")];

// The address decides, then what was chosen last, then the page as it is.
for (const input of choices) {
  const name = input.name || input.id;
  const wanted = query.get(name) ?? kept.get(name);
  if (input.type === "radio") input.checked ||= input.value === wanted;
  else input.checked = wanted === "1";
  input.addEventListener("change", () => {
    const value = input.type === "radio" ? input.value : input.checked ? "1" : "0";
    kept.set(name, value);
    if (name === "view" || query.has(name)) {
      query.set(name, value);
      history.replaceState(history.state, "", "?" + query + location.hash);
    }
    keepPlace();
  });
}

// The row that is being read, and how far below the top of the window it stands: the first that
// begins in the upper half, else the one that covers it. Noted while the reader scrolls, because
// by the time a view has changed the rows have moved.
let place = null;

function notePlace() {
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  place = null;
  for (const row of document.querySelectorAll(".body > [id]")) {
    const { top, bottom } = row.getBoundingClientRect();
    if (place && top > innerHeight / 2) return;
    if (bottom > Math.max(0, bar)) place = { row, top };
    if (top >= bar) return;
  }
}

function keepPlace() {
  if (!place || scrollY === 0) return;
  const moved = place.row.getBoundingClientRect().top - place.top;
  scrollBy({ top: moved, behavior: "instant" });
}

// A link to the page in another view leads to the row that is being read.
function carryPlace() {
  for (const link of document.querySelectorAll("nav.seg a, .editions a")) {
    link.addEventListener("click", () => { if (place && scrollY > 0) link.hash = place.row.id; });
  }
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
  const isOpen = () => card.matches(":popover-open");
  const close = () => { if (isOpen()) card.hidePopover(); };
  const expanded = is => term?.setAttribute("aria-expanded", is);

  function open(link) {
    clearTimeout(timer);
    if (isOpen() && term === link) return;
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return;
    close();
    expanded(false);
    card.replaceChildren(...[...entry.children].map(asParagraph));
    term = link;
    // The source puts the card behind the word in the order of the Tab key.
    card.showPopover({ source: link });
    expanded(true);
    put(link);
  }

  // Entries are <dt> and <dd>, which stand in lists only.
  function asParagraph(part) {
    const p = document.createElement("p");
    p.className = part.className;
    p.lang = part.lang;
    p.append(...part.cloneNode(true).childNodes);
    return p;
  }

  // Below the word, or above where there is no room; a sheet at the bottom of a small screen.
  function put(link) {
    card.style.left = card.style.top = "";
    if (innerWidth < 640) {
      const covered = link.getBoundingClientRect().bottom + 16 - card.getBoundingClientRect().top;
      if (covered > 0) scrollBy({ top: covered, behavior: "instant" });
      return;
    }
    const word = link.getClientRects()[0];
    if (!word) return close();
    const left = Math.min(word.left, innerWidth - card.offsetWidth - 16);
    const below = word.bottom + 6;
    const above = word.top - card.offsetHeight - 6;
    const top = below + card.offsetHeight > innerHeight && above > 0 ? above : below;
    card.style.left = Math.max(16, left) + "px";
    card.style.top = top + "px";
  }

  card.addEventListener("toggle", () => {
    if (isOpen()) return;
    expanded(false);
    term = null;
  });
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", () => after(250, close));
  for (const link of terms) {
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("aria-controls", "card");
    const mouse = action => event => { if (event.pointerType === "mouse") action(); };
    // A move, not an entering: a card that closes uncovers words under a pointer that rests.
    link.addEventListener("pointermove", mouse(() => after(200, () => open(link))));
    link.addEventListener("pointerleave", mouse(() => after(250, close)));
    link.addEventListener("focus", () => { if (link.matches(":focus-visible")) open(link); });
    link.addEventListener("click", event => { event.preventDefault(); open(link); });
  }
  addEventListener("scroll", () => { if (isOpen() && innerWidth >= 640) put(term); }, { passive: true });
}

addEventListener("scroll", notePlace, { passive: true });
addEventListener("DOMContentLoaded", () => {
  notePlace();
  carryPlace();
  cards();
});
