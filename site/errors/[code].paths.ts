// A page for each file of docs/errors.

import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../docs/errors/', import.meta.url);

export default {
  paths() {
    return readdirSync(FOLDER).map((file) => ({
      params: { code: file === 'README.md' ? 'index' : file.replace(/\.md$/, '') },
      content: readFileSync(new URL(file, FOLDER), 'utf8').replaceAll('](README.md)', '](./)'),
    }));
  },
};
