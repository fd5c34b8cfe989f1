// Reports Pagefind's first result of each query, from each view. Seven results are loaded, as
// many as a page of gen's search shows.
const queries = QUERIES;

(async () => {
  for (const query of queries) {
    for (const view of ['', 'zh/', 'en/']) {
      await open(view + 'search/');
      frame.contentWindow.eval("window.found = import('/digest/pagefind/pagefind.js')");
      const pagefind = await frame.contentWindow.found;
      const { results } = await pagefind.search(query);
      const loaded = await Promise.all(results.slice(0, 7).map((result) => result.data()));
      await report(loaded.length ? loaded[0].url : 'nothing');
    }
  }
})();
