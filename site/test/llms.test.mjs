// llms.txt has the whole language, and nothing that only a page of the site understands.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const ROOT = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), 'utf8');
const text = read('site/.vitepress/dist/llms.txt');

test('every chapter of the language, every function and every error is in it', () => {
  const chapters = read('site/reference/language.md').match(/^##+ .*$/gm);
  const functions = [...read('docs/language/builtins.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  const errors = readdirSync(new URL('docs/errors/', ROOT)).filter((file) => /^HPC\d+/.test(file)).map((file) => file.slice(0, 'HPC0000'.length));
  assert.ok(chapters.length > 10 && functions.length > 40 && errors.length > 30);
  const missing = [...chapters, ...functions, ...errors].filter((part) => !text.includes(part));
  assert.deepEqual(missing, []);
  assert.ok(text.includes('### createKernel()') || text.includes('createKernel('), 'the interface is in it');
});

test('it is plain Markdown', () => {
  const outside = text.replace(/```[^]*?```/g, '');
  assert.doesNotMatch(outside, /<!--|^<<<|^<[A-Z]|^---$/m);
  assert.doesNotMatch(text, /#region|#endregion/);
  assert.equal((text.match(/^```/gm) ?? []).length % 2, 0);
  assert.ok(text.length < 120_000, `${text.length} characters are much to read`);
});
