// A page for each file of docs/errors. Their kernels can be run where they are read.

import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../docs/errors/', import.meta.url);

export default {
  paths() {
    return readdirSync(FOLDER).map((file) => ({
      params: { code: file === 'README.md' ? 'index' : file.replace(/\.md$/, '') },
      content: page(readFileSync(new URL(file, FOLDER), 'utf8')),
    }));
  },
};

function page(text: string): string {
  const hasCanvas = !text.includes('<!-- interface: no canvas -->');
  const runnable = text.replace(/^```js (?:error|ok)\n([\s\S]*?)^```$/gm, (block, kernel: string) => {
    const packed = Buffer.from(kernel).toString('base64');
    return `<ErrorExample kernel="${packed}" :has-canvas="${hasCanvas}">\n\n${block}\n\n</ErrorExample>`;
  });
  return runnable.replaceAll('](README.md)', '](./)');
}
