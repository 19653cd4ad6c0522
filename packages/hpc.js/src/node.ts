// The platform Node. The addon is loaded when it is needed: the debug backend works without.

import type { Platform } from './platform.js';

export const node: Platform = {
  async open(description, size, backend) {
    const { openNative } = await import('./native.js');
    return openNative(description, size, backend);
  },

  async encodePng(width, height, pixels) {
    const { encodePng } = await import('./native.js');
    return encodePng(width, height, pixels);
  },

  async saveFile(path, contents) {
    const { writeFile } = await import('node:fs/promises');
    await writeFile(path, contents);
  },

  async readText(file) {
    if (/^https?:/.test(file)) {
      return (await fetch(file)).text();
    }
    const { readFile } = await import('node:fs/promises');
    return readFile(file.startsWith('file:') ? new URL(file) : file, 'utf8');
  },
};
