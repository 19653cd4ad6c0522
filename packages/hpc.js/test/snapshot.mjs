// What tests compare with what was written down once, and looked at.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

// What the file holds; nothing if there is none. UPDATE=1 writes `text` there before.
export function stored(file, text) {
  if (process.env.UPDATE) {
    writeFileSync(file, text);
  }
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
