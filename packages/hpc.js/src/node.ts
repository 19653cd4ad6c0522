// The platform Node. The addon is loaded when it is needed: the debug backend works without, though then nobody tells what is wrong with kernels.

import type { Platform } from './platform.js';

/** How long a file of the program may take to come from elsewhere, in milliseconds. */
const PATIENCE = 2000;
/** The largest file of a program that is read, in bytes. */
const LARGEST_FILE = 2 ** 26;

export const node: Platform = {
  async open(description, size, backend) {
    const { openNative } = await import('./native.js');
    return openNative(description, size, backend);
  },

  async openCheck(description, size) {
    const { openCheck } = await import('./native.js');
    return openCheck(description, size);
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
      return (await fetch(file, { signal: AbortSignal.timeout(PATIENCE) })).text();
    }
    const { readFile, stat } = await import('node:fs/promises');
    const path = file.startsWith('file:') ? new URL(file) : file;
    const kind = await stat(path);
    // Devices and pipes have no end.
    return kind.isFile() && kind.size <= LARGEST_FILE ? readFile(path, 'utf8') : '';
  },
};
