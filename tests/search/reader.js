// Does what readers do, and reports what came of it.
const focused = () => page().activeElement;
const press = (key, more) => focused().dispatchEvent(new frame.contentWindow.KeyboardEvent('keydown', { key, bubbles: true, ...more }));
const where = () => (focused().getAttribute('href') || focused().id).replace('/digest/', '');
const address = () => new URL(frame.contentWindow.location).searchParams.get('q');

// Puts a text into the field as an input method does, or a keyboard.
function type(text, composing) {
  const input = page().getElementById('q');
  input.focus();
  input.value = text;
  input.dispatchEvent(new frame.contentWindow.InputEvent('input', { isComposing: composing }));
}

async function typed(text) {
  const before = first();
  type(text, false);
  await until(() => done() && first() !== before);
}

(async () => {
  await open('search/');
  await typed('粉红色的小恐龙');
  await report('in the address: ' + address());
  await report('marked: ' + page().querySelector('#results mark').textContent);
  press('ArrowDown');
  await report('arrow down: ' + where());
  press('ArrowUp');
  await report('arrow up: ' + where());
  press('ArrowDown');
  press('Escape');
  await report('escape: ' + where());
  press('Escape');
  await report(`escape again: ${page().getElementById('q').value}, ${address()}, ${first()}`);

  type('mao', true);
  press('ArrowDown', { isComposing: true });
  await wait(400);
  await report(`while composing: ${where()}, ${address()}, ${first()}`);
  type('猫税', true);
  page().getElementById('q').dispatchEvent(new frame.contentWindow.CompositionEvent('compositionend'));
  await until(first);
  await report('composed: ' + first().pathname);

  const views = [...page().links].filter((link) => link.hreflang && link.search);
  await report('views: ' + views.map((link) => link.pathname + decodeURIComponent(link.search)));
  await new Promise((loaded) => {
    frame.onload = loaded;
    first().click();
  });
  await report('followed: ' + frame.contentWindow.location.pathname);
  frame.contentWindow.history.back();
  await until(() => page().getElementById('results') && first());
  await report('and back: ' + address() + ', ' + first().pathname);

  await ask('en/', '猫税 cat');
  await report('mixed: ' + first().pathname);
  await report('excerpt: ' + page().querySelector('#results .summary').lang);
  await ask('zh/', 'cat tax');
  await report('excerpt: ' + page().querySelector('#results .summary').lang);
  await ask('', '猫');
  await report('one character: ' + page().querySelector('#results mark').textContent);
  await ask('', '鬻饕');
  await report(`nothing: ${page().getElementById('status').getAttribute('role')}, ${first()}`);
  await ask('', '猫税<img src=x onerror="parent.errors++"><script>parent.errors++<' + '/script>');
  await report('HTML: ' + page().querySelectorAll('#results img, #results script, #status *').length);
  await ask('', '猫税 momo '.repeat(500));
  await report('long: ' + (first() ? 'found' : status()));
  await report('errors: ' + errors);
})();
