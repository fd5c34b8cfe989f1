// Searches the index that gen has written. src/render/search.rs says what its files hold; texts
// must be folded and divided exactly as src/render/search/token.rs does.
'use strict';
(() => {
const form = document.querySelector('form.search');
const input = form.elements.q;
const status = document.getElementById('status');
const results = document.getElementById('results');
const more = document.getElementById('more');
const said = form.dataset;
const folder = said.base + 'search/';
const PAGE = 7; // results that are shown at once
const LONGEST = 200; // characters of a query
const LISTS = 5; // tokens that are looked for
const FRESH = 300000; // milliseconds after which the index is asked for again

// ---- Texts into tokens ----

const WORD = /(?![\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]|[\u{10000}-\u{10ffff}])[0-9\p{Alphabetic}]/u;
const GRAM = /[\p{Alphabetic}\p{N}]/u;
const MARK = /[\u0300-\u036f]/;
let simplified = new Map();

// A character folded: case, width, accents, traditional to simplified.
function plain(c) {
  if (c >= '\uff01' && c <= '\uff5e') c = String.fromCharCode(c.charCodeAt(0) - 0xfee0);
  c = simplified.get(c) || c;
  const lower = c.toLowerCase();
  if ([...lower].length === 1) c = lower;
  if (/[‘’ʼ]/.test(c)) return "'";
  if (/\s/.test(c)) return ' ';
  return c >= '\u00c0' && c <= '\u1eff' ? c.normalize('NFD')[0] : c;
}

const isWord = (c) => WORD.test(c);
const isGram = (c) => !isWord(c) && GRAM.test(c);

function hash(token) {
  let h = 0x811c9dc5;
  for (const c of token) h = Math.imul(h ^ c.codePointAt(0), 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 12)) >>> 2;
}

// An English word without its regular endings.
function stem(word) {
  if (word.length < 3 || /[^a-z]/.test(word)) return word;
  if (word.length > 4 && /ie[sd]$/.test(word)) word = word.slice(0, -3) + 'y';
  else if (/(ss|x|z|ch|sh)es$/.test(word)) word = word.slice(0, -2);
  else if (/[^sui]s$/.test(word)) word = word.slice(0, -1);
  const cut = /^(..+)(?:ing|ed)$/.exec(word);
  if (cut && !/eed$/.test(word) && /[aeiouy]/.test(cut[1])) {
    word = cut[1].replace(/([^aeioulsz])\1$/, '$1');
  }
  return word.length > 2 ? word.replace(/e$/, '') : word;
}

// The words and runs of characters of a text; 's and the like are no words.
function runs(text) {
  const found = [];
  let last;
  const folded = [...text].map(plain).join('');
  for (const c of folded.replace(/(?<=[a-z\d])'(?:[stdm]|re|ll|ve)(?![a-z\d])/g, ' ')) {
    const kind = isWord(c) ? 'word' : isGram(c) ? 'gram' : '';
    if (MARK.test(c)) continue;
    if (kind && kind === last) found[found.length - 1].text += c;
    else if (kind) found.push({ kind, text: c });
    last = kind;
  }
  return found;
}

// Each run as what must be in a text: a stem, or characters that stand together.
function parts(text, stop) {
  const all = runs(text).filter((run) => !stop.includes(run.text));
  return all.map((run) => ({ ...run, text: stem(run.text) }));
}

// The tokens that a part is looked for by: of long ones every other pair, to load less.
function tokens(part) {
  const chars = [...part.text];
  const last = chars.length - 1;
  if (part.kind === 'word' || !last) return [part.text];
  const pairs = chars.slice(1).map((c, i) => chars[i] + c);
  return pairs.filter((_, i) => last < 4 || i % 2 === 0 || i === last - 1);
}

// What is left of a name when forms of words and marks do not count, and of a pinyin key.
const bare = (text) => parts(text, []).map((part) => part.text).join('');
const letters = (text) => runs(text).map((run) => run.text).join('');
const key = (text) => letters(text).replace(/v/g, 'u');

// ---- Files ----

const files = new Map();
let asked = 0;

function file(name, read) {
  if (!files.has(name)) {
    const answer = fetch(folder + name, name.includes('?') ? {} : { cache: 'no-cache' });
    const content = answer.then((reply) => {
      if (!reply.ok) throw new Error(name + ': ' + reply.status);
      return read(reply);
    });
    content.catch(() => files.delete(name));
    files.set(name, content);
  }
  return files.get(name);
}

// The first file. It is asked for again after a while, as the site may change under an open page.
async function index() {
  if (Date.now() - asked > FRESH) files.delete('index.json');
  return file('index.json', async (reply) => {
    asked = Date.now();
    const index = await reply.json();
    const chars = [...index.fold];
    for (let i = 0; i < chars.length; i += 2) simplified.set(chars[i], chars[i + 1]);
    index.terms_by_name = index.names.map(([zh, en, pinyin, others, uses]) => ({
      names: [zh, en].filter(Boolean).map(bare),
      others: others.map(bare),
      words: new Set([zh, en, ...others].flatMap((name) => parts(name, []).map((part) => part.text))),
      pinyin: key(pinyin),
      initials: pinyin.split(' ').map((syllable) => syllable[0]).join(''),
      uses,
    }));
    return index;
  });
}

// The documents of a token: a map from their numbers to how they hold it.
async function holders(index, token) {
  const number = hash(token);
  const shard = number >>> (30 - index.bits);
  const bytes = await file(`w${shard}.bin?${index.version}`, async (reply) => new Uint8Array(await reply.arrayBuffer()));
  let at = 0;
  const next = () => {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  };
  let found = shard * 2 ** (30 - index.bits);
  while (at < bytes.length) {
    found += next();
    const count = next();
    const list = new Map();
    for (let i = 0, document = 0; i < count; i++) {
      const posting = next();
      document += posting >>> 2;
      list.set(document, posting & 3);
    }
    if (found === number) return list;
  }
  return new Map();
}

async function load(index, id) {
  const term = id < index.terms;
  const [place, size] = term ? [id, index.blocks[0]] : [id - index.terms, index.blocks[1]];
  const name = `${term ? 't' : 'd'}${Math.floor(place / size)}.json?${index.version}`;
  const block = await file(name, (reply) => reply.json());
  const [path, views, date, isTerm, titles, summaries, rows] = block[place % size];
  return { path, views, date, isTerm, titles, summaries, rows };
}

// ---- Ranking ----

// How well a term's names suit a query: nought if they do not.
function suits(term, { name, latin, wanted }) {
  const all = term.names.concat(term.others);
  if (term.names.includes(name)) return 200;
  if (all.includes(name)) return 160;
  if (latin && term.pinyin === latin) return 150;
  if (latin[1] && term.initials === latin) return 120;
  if (all.some((other) => other.startsWith(name))) return 60;
  if (latin[2] && term.pinyin.startsWith(latin)) return 60;
  if (latin[1] && term.initials.startsWith(latin)) return 50;
  const held = ({ kind, text }) => (kind === 'word' ? term.words.has(text) : all.some((other) => other.includes(text)));
  return wanted.length && wanted.every(held) ? 20 + (20 * name.length) / Math.max(name.length, term.names.join('').length) : 0;
}

// The numbers of the documents that a query finds, best first.
async function find(index, query) {
  const scores = new Map();
  const add = (id, score) => scores.set(id, (scores.get(id) || 0) + score);
  const name = bare(query);
  const latin = /^[\p{Script=Latin}\p{M}\d\s'’-]+$/u.test(query) ? key(query) : '';
  const wanted = parts(query, index.stop);
  const exact = [];
  index.terms_by_name.forEach((term, id) => {
    const score = name && suits(term, { name, latin, wanted });
    if (!score) return;
    add(id, score + Math.min(term.uses, 99) / 10);
    if (score >= 120) exact.push(id);
  });
  exact.sort((a, b) => scores.get(b) - scores.get(a));

  const longest = wanted.flatMap(tokens).sort((a, b) => b.length - a.length);
  const sought = [...new Set(longest)].slice(0, LISTS);
  const special = ['=' + letters(query), ...exact.slice(0, 2).map((id) => '#' + id)];
  const all = await Promise.all([...sought, ...special].map((token) => holders(index, token)));
  const lists = all.splice(0, sought.length);
  const [titled, ...used] = all;
  const held = new Map();
  let whole = 0;
  for (const list of lists) {
    const weight = Math.log(1 + index.documents / (1 + list.size));
    whole += weight;
    for (const [id, how] of list) {
      const one = held.get(id) || { count: 0, titles: 0, part: 0, score: 0 };
      one.count += 1;
      one.titles += how === 3;
      one.part += weight;
      one.score += weight * [1, 1.3, 1.6, 3][how];
      held.set(id, one);
    }
  }
  const full = [...held.values()].filter((one) => one.count === sought.length).length;
  for (const [id, one] of held) {
    const complete = one.count === sought.length;
    if (!complete && (full >= PAGE || one.part < whole / 2)) continue;
    add(id, one.score / whole + (complete ? 10 : 0) + (one.titles === sought.length ? 20 : 0));
  }
  for (const id of titled.keys()) add(id, 100);
  used.forEach((list) => list.forEach((_, id) => add(id, 8)));
  const ids = [...scores.keys()].sort((a, b) => scores.get(b) - scores.get(a) || b - a);
  return { ids, scores, wanted, phrase: squeeze(query.trim()).text };
}

// ---- Excerpts ----

// A text as it is compared, and the place in the text of each of its characters. Spaces beside
// Chinese do not count.
function squeeze(text) {
  let out = '';
  const places = [];
  let at = 0;
  for (const c of text) {
    let folded = plain(c);
    if (/[-\u2010\u2011\uff0d]/.test(folded)) folded = ' ';
    const before = out.slice(-1);
    if (before === ' ' && (folded === ' ' || isGram(folded))) {
      out = out.slice(0, -1);
      places.pop();
    }
    if (!(folded === ' ' && (!out || isGram(out.slice(-1)))) && !MARK.test(folded)) {
      out += folded;
      while (places.length < out.length) places.push([at, at + c.length]);
    }
    at += c.length;
  }
  return { text: out, places };
}

// The places of the query in a text, as ranges from the left, and how much of it is there: EXACT
// where the text holds the query as it is, else the number of its parts.
const EXACT = 1000;
const WORDS = new RegExp(`(?:${WORD.source})+`, 'gu');

function places(text, { wanted, phrase }) {
  const squeezed = squeeze(text);
  const all = (part) => {
    const found = [];
    for (let at = -1; part && (at = squeezed.text.indexOf(part, at + 1)) >= 0; ) found.push([at, at + part.length]);
    return found;
  };
  const inWord = (a, b) => isWord(a || ' ') && isWord(b || ' ');
  const whole = ([from, to]) =>
    !inWord(squeezed.text[from - 1], phrase[0]) && !inWord(phrase.slice(-1), squeezed.text[to]);
  let found = EXACT;
  let ranges = all(phrase).filter(whole);
  if (!ranges.length) {
    const words = [...squeezed.text.matchAll(WORDS)];
    const stems = words.map((word) => stem(word[0]));
    const same = (part) => words.filter((_, i) => stems[i] === part).map((word) => [word.index, word.index + word[0].length]);
    const held = wanted.map((part) => (part.kind === 'word' ? same(part.text) : all(part.text)));
    found = held.filter((ranges) => ranges.length).length;
    ranges = held.flat().sort((a, b) => a[0] - b[0]);
  }
  return { found, ranges: ranges.map(([from, to]) => [squeezed.places[from][0], squeezed.places[to - 1][1]]) };
}

// An element with a text, the ranges in it marked.
function marked(tag, text, ranges, language) {
  const element = document.createElement(tag);
  element.lang = said[language];
  let from = 0;
  for (const [start, end] of ranges) {
    if (start < from) continue;
    element.append(text.slice(from, start));
    const hit = document.createElement('mark');
    hit.append(text.slice(start, end));
    element.append(hit);
    from = end;
  }
  element.append(text.slice(from));
  return element;
}

// A paragraph with the part of a text around the first range; no word is cut.
function excerpt(text, ranges, language) {
  const [before, length] = language === 'zh' ? [24, 110] : [60, 240];
  const edge = (at) => {
    const inside = (i) => /^[\p{Script=Latin}\d]{2}|^[\ud800-\udbff][\udc00-\udfff]/u.test(text.slice(i - 1, i + 1));
    for (let i = at; i > 0 && i > at - 30; i--) if (!inside(i)) return i;
    return at;
  };
  const from = edge(Math.max(0, (ranges.length ? ranges[0][0] : 0) - before));
  const end = from + length < text.length ? edge(from + length) : text.length;
  const start = from ? '…' : '';
  const moved = ([a, b]) => [a - from + start.length, Math.min(b, end) - from + start.length];
  const shown = ranges.filter(([a]) => a >= from && a < end).map(moved);
  const cut = start + text.slice(from, end) + (end < text.length ? '…' : '');
  const paragraph = marked('p', cut, shown, language);
  paragraph.className = 'summary ' + language[0];
  return paragraph;
}

// The text that shows best why a document was found, in the reader's language, and in the other
// one where only that holds the query.
function excerpts(doc, own) {
  const some = (side) => ({ row: doc.rows.find((row) => row[side].text), side });
  let best = { ...(some(own).row ? some(own) : some(1 - own)), found: 0 };
  for (const row of doc.rows) {
    for (const side of [own, 1 - own]) {
      if (row[side].found > best.found) best = { row, side, found: row[side].found };
    }
  }
  if (!best.row) return [];
  const sides = [...new Set([own, best.side])].filter((side) => best.row[side].text);
  return sides.map((side) => excerpt(best.row[side].text, best.row[side].ranges, ['zh', 'en'][side]));
}

// ---- The page ----

function item(doc) {
  const own = said.lang === 'zh' ? 0 : 1;
  const view = { both: 1, zh: 2, en: 4 }[said.view];
  const shown = doc.views & view ? view : doc.views & 1 ? 1 : doc.views & 2 ? 2 : 4;
  const entry = document.createElement('li');
  entry.className = 'card';
  const title = document.createElement('h2');
  title.className = 'card-title';
  const link = document.createElement('a');
  link.href = said.base + { 1: '', 2: 'zh/', 4: 'en/' }[shown] + doc.path;
  const first = doc.titles[own].text ? own : 1 - own;
  const both = doc.isTerm || said.view === 'both';
  for (const side of both ? [first, 1 - first] : [first]) {
    const { text, ranges } = doc.titles[side];
    if (!text || (side !== first && text === doc.titles[first].text)) continue;
    const name = marked('span', text, ranges, ['zh', 'en'][side]);
    name.className = side ? 'e' : 'z';
    link.append(name, ' ');
  }
  title.append(link);
  const facts = document.createElement('p');
  facts.className = 'facts count';
  facts.append(doc.isTerm ? said.term : day(doc.date));
  entry.append(title, facts, ...excerpts(doc, own));
  return entry;
}

// A date in words, as the other pages have it.
function day(date) {
  const time = document.createElement('time');
  if (!date) return time;
  time.dateTime = date;
  const words = new Intl.DateTimeFormat(said[said.lang], { dateStyle: 'long', timeZone: 'UTC' });
  time.textContent = words.format(new Date(date.slice(0, 10)));
  return time;
}

// The documents of a page of results. They are ordered again by what only their texts tell:
// whether they hold the query as it is.
async function show(at, query, from) {
  const look = (pair) => pair.map((text) => ({ text, ...places(text, query) }));
  const exact = (pairs) => pairs.flat().some((one) => one.found === EXACT);
  const found = query.ids.slice(from, from + PAGE).map(async (id) => {
    const doc = await load(at, id);
    const titles = look(doc.titles);
    const rows = [doc.summaries, ...doc.rows].map(look);
    const score = query.scores.get(id) + (exact([titles]) ? 15 : exact(rows) ? 5 : 0);
    return { ...doc, titles, rows, score };
  });
  return (await Promise.all(found)).sort((a, b) => b.score - a.score);
}

// Keeps the query in the address, and in the links to the search in other views.
function keep(text) {
  const address = new URL(location.href);
  if (text) address.searchParams.set('q', text);
  else address.searchParams.delete('q');
  history.replaceState(null, '', address);
  const pages = ['', 'zh/', 'en/'].map((view) => said.base + view + 'search/');
  for (const link of document.links) {
    if (pages.includes(link.pathname) && link.pathname !== location.pathname) link.search = address.search;
  }
}

let turn = 0;

async function search(typed) {
  const mine = ++turn;
  const text = [...typed.trim()].slice(0, LONGEST).join('');
  keep(text);
  if (!text) {
    status.textContent = '';
    results.replaceChildren();
    more.hidden = true;
    return;
  }
  const slow = setTimeout(() => mine === turn && (status.textContent = said.waiting), 300);
  try {
    const at = await index();
    const query = await find(at, text);
    const seen = new Set();
    let from = 0;
    const next = async () => {
      const docs = await show(at, query, from);
      if (mine !== turn) return;
      if (!from) results.replaceChildren();
      from += PAGE;
      for (const doc of docs) {
        if (!seen.has(doc.path)) results.append(item(doc));
        seen.add(doc.path);
      }
      more.hidden = from >= query.ids.length;
      const count = more.hidden ? seen.size : query.ids.length;
      status.textContent = count ? said.count.replace('{n}', count) : said.none;
    };
    await next();
    more.onclick = async () => {
      const links = results.querySelectorAll('a').length;
      await next().catch(failed);
      results.querySelectorAll('a')[links]?.focus();
    };
  } catch (error) {
    if (mine === turn) failed(error);
  } finally {
    clearTimeout(slow);
  }
}

function failed(error) {
  status.textContent = said.failed;
  console.error(error);
}

let timer;
input.addEventListener('input', (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(() => search(input.value), 150);
});
input.addEventListener('compositionend', () => {
  clearTimeout(timer);
  timer = setTimeout(() => search(input.value));
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(timer);
  search(input.value);
});

// The arrow keys go through the results, Escape goes back to the field and empties it. While an
// input method is at work they are its own.
document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const stops = [input, ...results.querySelectorAll('a'), ...(more.hidden ? [] : [more])];
  const at = stops.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key];
  if (at < 0 || !stops[to]) return;
  event.preventDefault();
  if (at || to) return stops[to].focus();
  input.value = '';
  search('');
});

input.value = new URLSearchParams(location.search).get('q') || '';
if (input.value) search(input.value);
else input.focus();
})();
