// Every file of the index takes its time.
(() => {
  const fetch = window.fetch;
  window.fetch = async (...request) => {
    await new Promise((done) => setTimeout(done, 150));
    return fetch(...request);
  };
})();
