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
const PAGE = 10;

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
  return (h ^ (h >>> 12)) >>> 0;
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

async function index() {
  return file('index.json', async (reply) => {
    const index = await reply.json();
    const chars = [...index.fold];
    for (let i = 0; i < chars.length; i += 2) simplified.set(chars[i], chars[i + 1]);
    index.terms_by_name = index.names.map(([zh, en, pinyin, others, uses]) => ({
      names: [zh, en].filter(Boolean).map(bare),
      others: others.map(bare),
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
  const shard = Math.floor(number / 2 ** (32 - index.bits));
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
  let found = shard * 2 ** (32 - index.bits);
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
function suits(term, name, latin) {
  const all = term.names.concat(term.others);
  if (term.names.includes(name)) return 200;
  if (all.includes(name)) return 160;
  if (latin && term.pinyin === latin) return 150;
  if (latin[1] && term.initials === latin) return 120;
  if (all.some((other) => other.startsWith(name))) return 60;
  if (latin[2] && term.pinyin.startsWith(latin)) return 60;
  if (latin[1] && term.initials.startsWith(latin)) return 50;
  return /[^a-z0-9]/.test(name) && all.some((other) => other.includes(name)) ? 40 : 0;
}

// The numbers of the documents that a query finds, best first.
async function find(index, query) {
  const scores = new Map();
  const add = (id, score) => scores.set(id, (scores.get(id) || 0) + score);
  const name = bare(query);
  const latin = /^[\p{Script=Latin}\p{M}\d\s'’-]+$/u.test(query) ? key(query) : '';
  const exact = [];
  index.terms_by_name.forEach((term, id) => {
    const score = name && suits(term, name, latin);
    if (!score) return;
    add(id, score + Math.min(term.uses, 99) / 10);
    if (score >= 120) exact.push(id);
  });
  exact.sort((a, b) => scores.get(b) - scores.get(a));

  const wanted = parts(query, index.stop);
  const asked = [...new Set(wanted.flatMap(tokens))].slice(0, 8);
  const special = ['=' + letters(query), ...exact.slice(0, 2).map((id) => '#' + id)];
  const [titled, ...used] = await Promise.all(special.map((token) => holders(index, token)));
  const lists = await Promise.all(asked.map((token) => holders(index, token)));
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
  const full = [...held.values()].filter((one) => one.count === asked.length).length;
  for (const [id, one] of held) {
    const all = one.count === asked.length;
    if (!all && (full >= PAGE || one.part < whole / 2)) continue;
    add(id, one.score / whole + (all ? 10 : 0) + (one.titles === asked.length ? 20 : 0));
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

// The places of the query in a text, as ranges from the left, and how much of it is there.
function places(text, { wanted, phrase }) {
  const squeezed = squeeze(text);
  const ranges = [];
  const mark = (from, length) => ranges.push([squeezed.places[from][0], squeezed.places[from + length - 1][1]]);
  let found = 0;
  let at = -1;
  while (phrase && (at = squeezed.text.indexOf(phrase, at + 1)) >= 0) {
    const cut = (a, b) => isWord(a || ' ') && isWord(b || ' ');
    const end = at + phrase.length;
    if (cut(squeezed.text[at - 1], phrase[0]) || cut(phrase.slice(-1), squeezed.text[end])) continue;
    mark(at, phrase.length);
    found = 10;
  }
  if (found) return { ranges, found };
  const words = [...squeezed.text.matchAll(new RegExp(`(?:${WORD.source})+`, 'gu'))];
  for (const part of wanted) {
    const before = ranges.length;
    if (part.kind === 'word') {
      for (const word of words) if (stem(word[0]) === part.text) mark(word.index, word[0].length);
    } else {
      let at = -1;
      while ((at = squeezed.text.indexOf(part.text, at + 1)) >= 0) mark(at, part.text.length);
    }
    found += ranges.length > before;
  }
  return { ranges: ranges.sort((a, b) => a[0] - b[0]), found };
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

// A paragraph with the part of a text around the first range.
function excerpt(text, ranges, language) {
  const [before, length] = language === 'zh' ? [24, 110] : [60, 240];
  let from = ranges.length ? Math.max(0, ranges[0][0] - before) : 0;
  if (from && language === 'en') from = text.indexOf(' ', from) + 1 || from;
  const end = Math.min(text.length, from + length);
  const start = from ? '…' : '';
  const shown = ranges.filter(([a, b]) => a >= from && b <= end);
  shown.forEach((range, i) => (shown[i] = range.map((place) => place - from + start.length)));
  const cut = start + text.slice(from, end) + (end < text.length ? '…' : '');
  const paragraph = marked('p', cut, shown, language);
  paragraph.className = 'summary ' + language[0];
  return paragraph;
}

// The text that shows best why a document was found, in the reader's language, and in the other
// one where only that holds the query.
function excerpts(doc, query, own) {
  const pairs = [doc.summaries, ...doc.rows];
  const some = (side) => ({ found: 0, row: pairs.find((row) => row[side]), side });
  let best = some(own).row ? some(own) : some(1 - own);
  for (const row of pairs) {
    for (const side of [own, 1 - own]) {
      const hit = places(row[side], query);
      if (hit.found > best.found) best = { ...hit, row, side };
    }
  }
  if (!best.row) return [];
  const sides = [own, best.side].filter((side, i, all) => best.row[side] && all.indexOf(side) === i);
  return sides.map((side) => excerpt(best.row[side], places(best.row[side], query).ranges, ['zh', 'en'][side]));
}

// ---- The page ----

function item(doc, query) {
  const own = said.lang === 'zh' ? 0 : 1;
  const view = { both: 1, zh: 2, en: 4 }[said.view];
  const shown = doc.views & view ? view : doc.views & 1 ? 1 : doc.views & 2 ? 2 : 4;
  const entry = document.createElement('li');
  entry.className = 'card';
  const title = document.createElement('h2');
  title.className = 'card-title';
  const link = document.createElement('a');
  link.href = said.base + { 1: '', 2: 'zh/', 4: 'en/' }[shown] + doc.path;
  const other = doc.titles[own] ? 1 - own : own;
  const sides = doc.isTerm || said.view === 'both' ? [1 - other, other] : [1 - other];
  for (const side of sides) {
    const text = doc.titles[side];
    if (!text || (side === other && text === doc.titles[1 - other])) continue;
    const name = marked('span', text, places(text, query).ranges, ['zh', 'en'][side]);
    name.className = side ? 'e' : 'z';
    link.append(name, ' ');
  }
  title.append(link);
  const facts = document.createElement('p');
  facts.className = 'facts count';
  facts.append(doc.isTerm ? said.term : (doc.date || '').slice(0, 10));
  entry.append(title, facts, ...excerpts(doc, query, own));
  return entry;
}

// Results are ordered again by what only their texts tell: whether they hold the query as it is.
function weigh(doc, query) {
  if (doc.titles.some((title) => places(title, query).found > 9)) return 15;
  const texts = [doc.summaries, ...doc.rows].flat();
  return texts.some((text) => places(text, query).found > 9) ? 5 : 0;
}

async function show(at, query, from) {
  const found = query.ids.slice(from, from + PAGE).map(async (id) => {
    const doc = await load(at, id);
    return { ...doc, score: query.scores.get(id) + weigh(doc, query) };
  });
  return (await Promise.all(found)).sort((a, b) => b.score - a.score);
}

let turn = 0;

async function search(text) {
  const mine = ++turn;
  const address = new URL(location.href);
  address.searchParams.set('q', text);
  history.replaceState(null, '', address);
  if (!text.trim()) {
    status.textContent = '';
    results.replaceChildren();
    more.hidden = true;
    return;
  }
  try {
    status.textContent = said.waiting;
    const at = await index();
    const query = await find(at, text);
    let from = 0;
    const seen = new Set();
    const next = async () => {
      const docs = await show(at, query, from);
      if (mine !== turn) return;
      if (!from) results.replaceChildren();
      from += PAGE;
      for (const doc of docs) {
        if (seen.has(doc.path)) continue;
        seen.add(doc.path);
        results.append(item(doc, query));
      }
      more.hidden = from >= query.ids.length;
    };
    await next();
    if (mine !== turn) return;
    const count = query.ids.length;
    status.textContent = count ? said.count.replace('{n}', count) : said.none;
    more.onclick = async () => {
      const links = results.querySelectorAll('a').length;
      await next();
      results.querySelectorAll('a')[links]?.focus();
    };
  } catch {
    if (mine === turn) status.textContent = said.failed;
  }
}

let timer;
input.addEventListener('input', (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(() => search(input.value), 150);
});
input.addEventListener('compositionend', () => search(input.value));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(timer);
  search(input.value);
});

// The arrow keys go through the results, Escape goes back to the field.
document.addEventListener('keydown', (event) => {
  const stops = [input, ...results.querySelectorAll('a')];
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1, Escape: -at }[event.key];
  if (at < 0 || !step || !stops[at + step]) return;
  event.preventDefault();
  stops[at + step].focus();
});

input.value = new URLSearchParams(location.search).get('q') || '';
if (input.value) search(input.value);
else input.focus();
})();
