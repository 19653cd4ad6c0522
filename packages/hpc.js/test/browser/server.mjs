// The repository as a site, with or without the headers that let pages share memory with workers.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
const ISOLATING = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

// Serves `root`; resolves with the address and a way to end it.
export async function serve({ root = ROOT, isIsolated = true } = {}) {
  const headers = { 'Cache-Control': 'no-store', ...(isIsolated && ISOLATING) };
  const server = createServer(async (request, response) => {
    const path = join(root, normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)));
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) {
      response.writeHead(404, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
