// What `npm pack` makes can be installed elsewhere and runs there, as ESM and as CommonJS. It holds what is written down, which UPDATE=1
// rewrites, and publint and "are the types wrong" find nothing wrong with it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { makePackages, npm } from './installed.mjs';
import { stored } from './snapshot.mjs';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const CONTENTS = new URL('pack.snapshot.txt', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'hpc-pack-'));
after(() => rmSync(folder, { recursive: true }));

const BODY = `
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4], initialData: [1, 2, 3, 4] }] }).initialize();
  const double = await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] *= 2; });
  double.run(4);
  console.log([...(await gpu.readBuffer('a'))].join());`;

test('the packed package runs where it is installed', () => {
  const [{ filename, files }] = JSON.parse(npm(PACKAGE, 'pack', '--json', '--pack-destination', folder));
  const names = files.map(({ path }) => path);
  const contents = `${names.map((name) => name.replace(/^hpc\..*\.node$/, 'hpc.*.node')).sort().join('\n')}\n`;
  assert.equal(contents, stored(CONTENTS, contents));
  assert.ok(names.some((name) => /^hpc\..*\.node$/.test(name)), 'the addon of this platform is in it');
  assert.ok(!names.some((name) => name.startsWith('test/') || name.startsWith('src/')), 'no tests and no TypeScript are in it');
  const { scripts } = JSON.parse(readFileSync(join(PACKAGE, 'package.json')));
  assert.ok(!['preinstall', 'install', 'postinstall'].some((name) => name in scripts), 'nothing runs when it is installed');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', `./${filename}`);
  writeFileSync(join(folder, 'program.mjs'), `import GPUInterface from 'hpc.js';${BODY}`);
  writeFileSync(join(folder, 'program.cjs'), `const GPUInterface = require('hpc.js');(async () => {${BODY}})();`);
  for (const program of ['program.mjs', 'program.cjs']) {
    for (const backend of ['gpu', 'debug']) {
      const { stdout, stderr } = run(program, backend);
      assert.equal(stdout, '2,4,6,8\n', stderr);
    }
  }
});

test('the packages that are published fit each other', async () => {
  const [hpc, platform] = makePackages(folder);
  const { optionalDependencies, version } = JSON.parse(readFileSync(join(hpc, 'package.json'), 'utf8'));
  const { name, ...described } = JSON.parse(readFileSync(join(platform, 'package.json'), 'utf8'));
  assert.equal(optionalDependencies[name], version);
  assert.equal(described.version, version);
  assert.ok(Object.keys(optionalDependencies).every((name) => name.startsWith('@hpc-js/')), 'what is installed is ours');
  const workflow = readFileSync(join(PACKAGE, '..', '..', '.github', 'workflows', 'release.yml'), 'utf8');
  const built = [...workflow.matchAll(/platform: (\S+), target:/g)].map(([, platform]) => `@hpc-js/${platform}`);
  assert.deepEqual(built.sort(), Object.keys(optionalDependencies).sort(), 'each is built by the workflow');
  for (const published of [hpc, platform]) {
    assert.match(readFileSync(join(published, 'LICENSE-MIT'), 'utf8'), /MIT/, 'the licence is in it');
    const { messages, pkg } = await publint({ pkgDir: published, pack: false });
    assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
  }
});

test('"are the types wrong" finds nothing wrong with it', async () => {
  const [{ filename }] = JSON.parse(npm(folder, 'pack', '--json', './hpc.js'));
  const { problems } = await checkPackage(createPackageFromTarballData(readFileSync(join(folder, filename))));
  assert.deepEqual(problems, []);
});

function run(program, backend) {
  return spawnSync(process.execPath, [program], { cwd: folder, encoding: 'utf8', env: { ...process.env, HPC_BACKEND: backend } });
}
