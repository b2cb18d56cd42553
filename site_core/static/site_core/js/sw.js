/* Keeps what was read, for reading offline: docs/offline.md. The view puts PORTAL before this. */
const NAME = `portal-${PORTAL.version}`;
const LIMIT = 30;
const ANY = { ignoreVary: true };
const PAGE = new RegExp(`^/(${PORTAL.languages.join("|")})/`);
const NOT_KEPT = /\/(feedback|search|_\w+)\//;

const offlinePage = (path) => `/${PAGE.exec(path)[1]}/offline/`;
/* Neither a home page nor the offline page: those stay. */
const isRead = (path) => PAGE.test(path) && !/^\/\w+\/(offline\/)?$/.test(path);

/* What an editor sees varies by cookie; so does an answer that sets one. */
const mayKeep = (url, response) =>
  response.status === 200 && !response.redirected && !url.search && !NOT_KEPT.test(url.pathname) &&
  !/no-store|private/.test(response.headers.get("Cache-Control")) &&
  !/cookie/i.test(response.headers.get("Vary"));

async function forget(path) {
  for (const name of await caches.keys()) await (await caches.open(name)).delete(path, ANY);
}

async function keep(url, response) {
  const path = url.pathname;
  const cache = await caches.open(NAME);
  if (PAGE.test(path)) {
    await forget(path); // the newest copy stands last
    await cache.put(path, response);
    const shown = offlinePage(path);
    if (!(await cache.match(shown, ANY))) await cache.add(shown);
    const read = (await cache.keys()).filter(({ url }) => isRead(new URL(url).pathname));
    await Promise.all(read.slice(0, -LIMIT).map(({ url }) => cache.delete(url, ANY)));
  } else if (!(await cache.match(path, ANY))) {
    await cache.put(path, response);
  }
}

/* Says that it is a copy, and of when; styles hide what it must not claim. */
async function marked(response) {
  const at = new Date(response.headers.get("Date"));
  const time = `${at.getHours()}.${String(at.getMinutes()).padStart(2, "0")}`;
  const day = `${at.getDate()}.${at.getMonth() + 1}.${at.getFullYear()}`;
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  const html = (await response.text()).replace("<html ", "<html data-kept ");
  return new Response(html.replace('id="kept-at">', `$&${day} ${time}`), { headers });
}

async function kept(url, isPage) {
  const found = await caches.match(url.pathname + url.search, ANY);
  if (!isPage) return found || Response.error();
  if (found) return marked(found);
  return (await caches.match(offlinePage(url.pathname), ANY)) || Response.error();
}

/* The network first: a copy is for where there is no answer at all. */
async function answer(event, url, isPage) {
  let response;
  try {
    response = (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return kept(url, isPage);
  }
  if (mayKeep(url, response)) event.waitUntil(keep(url, response.clone()));
  else if ([403, 404, 410].includes(response.status)) event.waitUntil(forget(url.pathname));
  return response;
}

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const address = new URL(url);
  const isPage = mode === "navigate" && PAGE.test(address.pathname);
  if (method !== "GET" || address.origin !== location.origin) return;
  if (isPage || address.pathname.startsWith(PORTAL.statics)) event.respondWith(answer(event, address, isPage));
});

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(PORTAL.files)));
});

async function start() {
  /* Pages of the last release keep their styles. */
  const old = (await caches.keys()).filter((name) => name !== NAME);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
  await clients.claim();
  for (const client of await clients.matchAll({ type: "window" })) {
    const url = new URL(client.url);
    if (!PAGE.test(url.pathname)) continue;
    const response = await fetch(url.href);
    if (mayKeep(url, response)) await keep(url, response);
  }
}

addEventListener("activate", (event) => event.waitUntil(start().catch(() => {})));
