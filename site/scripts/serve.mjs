// Serves the built site: node scripts/serve.mjs [PORT]. Without a free port there it takes another.

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

const HEADERS = JSON.parse(readFileSync(new URL('headers.json', import.meta.url), 'utf8'));

/** Starts a server on this machine; resolves with it and its address. */
export function serve(port = 0) {
  const files = sirv(fileURLToPath(new URL('../.vitepress/dist', import.meta.url)), {
    extensions: ['html'],
    setHeaders: (response) => Object.entries(HEADERS).forEach(([name, value]) => response.setHeader(name, value)),
  });
  const server = createServer((request, response) => {
    files(request, response, () => response.writeHead(404, { 'Content-Type': 'text/plain' }).end('there is no such page'));
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => (error.code === 'EADDRINUSE' && port !== 0 ? resolve(serve()) : reject(error)));
    server.listen(port, '127.0.0.1', () => resolve({ server, url: `http://127.0.0.1:${server.address().port}` }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.argv[2] ?? 4173));
  console.log(`site: ${url} (end it with Ctrl+C)`);
}
