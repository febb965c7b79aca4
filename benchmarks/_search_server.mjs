// A static host for the benchmark: HTTP/2, gzip for texts, and a record of what was sent.
// node _search_server.mjs KEY CERTIFICATE '{"name": "folder", ...}' prints its port.
//
// /<delay>/<visit>/<name>/<path> is a file of the folder of that name, sent after `delay` milliseconds; the same
// file has another address for each visit, so that no visit finds anything in a cache. /<delay>/<visit>/ is an
// empty page, and /sent/<visit> is what was sent: [[path, bytes of the body], ...].
import { readFile } from "node:fs/promises";
import { createSecureServer } from "node:http2";
import { readFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const [key, cert, mounts] = process.argv.slice(2);
const folders = JSON.parse(mounts);
const TYPES = { ".js": "text/javascript", ".json": "application/json", ".html": "text/html", ".css": "text/css" };
const zipped = new Map();
const sent = new Map();

async function body(path) {
  const type = TYPES[extname(path)];
  if (!type) return [await readFile(path), { "content-type": "application/octet-stream" }];
  if (!zipped.has(path)) zipped.set(path, gzipSync(await readFile(path), { level: 6 }));
  return [zipped.get(path), { "content-type": type, "content-encoding": "gzip" }];
}

async function answer(request, response) {
  const [delay, visit, name, ...rest] = decodeURIComponent(new URL(request.url, "https://localhost").pathname).slice(1).split("/");
  if (delay === "sent") return response.end(JSON.stringify(sent.get(visit) ?? []));
  if (name === "") {
    response.writeHead(200, { "content-type": "text/html" });
    return response.end("<!doctype html><html lang=en><title>Search</title><body>");
  }
  const path = normalize(`/${rest.join("/")}`).replace(/\/$/, "/index.html");
  const [status, [content, headers]] = await body(join(folders[name] ?? "/nowhere", path)).then((found) => [200, found], () => [404, ["", {}]]);
  if (Number(delay)) await new Promise((done) => setTimeout(done, Number(delay)));
  if (!sent.has(visit)) sent.set(visit, []);
  sent.get(visit).push([`${name}${path}`, content.length]);
  response.writeHead(status, { ...headers, "cache-control": "max-age=600" });
  response.end(content);
}

const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert), allowHTTP1: true }, (request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
