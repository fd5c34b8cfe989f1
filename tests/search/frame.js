// What the scripts beside this one share: the frame that pages are opened in, and the reports.
const frame = document.getElementById('frame');
const wait = (time) => new Promise((done) => setTimeout(done, time));
const report = (text) => fetch('/report', { method: 'POST', body: text });
const page = () => frame.contentDocument;
const first = () => page().querySelector('#results a');
const status = () => page().getElementById('status').textContent;
let errors = 0;

// Waits until a condition holds, at most ten seconds.
async function until(holds) {
  for (let i = 0; i < 1000 && !holds(); i++) await wait(10);
}

// Goes to an address below the site's.
async function open(address) {
  await new Promise((done) => {
    frame.onload = done;
    frame.src = '/digest/' + address;
  });
  const inside = frame.contentWindow;
  inside.onerror = inside.onunhandledrejection = inside.console.error = () => errors++;
}

// Whether the page says how many results there are.
const done = () => /\d|没有|Nothing|did not/.test(status());

async function ask(view, query) {
  await open(view + 'search/?q=' + encodeURIComponent(query));
  await until(done);
}
