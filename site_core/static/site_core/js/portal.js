/* Every page: once it is shown, start the worker that keeps it for reading without a network. */
const start = () => navigator.serviceWorker?.register("/sw.js").catch(() => {});
if (document.readyState === "complete") start();
else addEventListener("load", start);
