/* Served in place of the worker when SERVICE_WORKER is off: takes itself and all copies away. */
addEventListener("install", () => skipWaiting());

async function leave() {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
}

addEventListener("activate", (event) => event.waitUntil(leave()));
