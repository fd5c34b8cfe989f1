// Reports the first result of each query, from each view.
const queries = QUERIES;

(async () => {
  for (const query of queries) {
    for (const view of ['', 'zh/', 'en/']) {
      await ask(view, query);
      await report(first() ? first().getAttribute('href') : status());
    }
  }
})();
