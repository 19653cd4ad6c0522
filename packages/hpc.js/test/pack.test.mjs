// What `npm pack` makes can be installed elsewhere and runs there, as ESM and as CommonJS. It holds what is written down, which UPDATE=1
// rewrites, and publint and "are the types wrong" find nothing wrong with it.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { stored } from './snapshot.mjs';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
// What "are the types wrong" says of the package, and is meant: the export of index.cjs is the class itself and has a `default` besides,
// which it does not see; and the plugin is a module for Node 20 and newer, which need no other.
const MEANT = ['FalseExportDefault /node_modules/hpc.js/index.cjs', 'NoResolution ./plugin node10', 'CJSResolvesToESM ./plugin node16-cjs'];
const CONTENTS = new URL('pack.snapshot.txt', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'hpc-pack-'));
after(() => rmSync(folder, { recursive: true }));

const npm = (cwd, ...words) => execFileSync('npm', words, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });

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

test('without the addon beside it, it looks for the package of the platform, and says so', () => {
  const installed = join(folder, 'node_modules', 'hpc.js');
  const addon = readdirSync(installed).find((name) => name.endsWith('.node'));
  rmSync(join(installed, addon));
  assert.match(run('program.mjs', 'gpu').stderr, /no addon for .*: install the optional package hpc\.js-/);
  assert.equal(run('program.mjs', 'debug').stdout, '2,4,6,8\n');
});

test('the packages that are published fit each other', () => {
  execFileSync(process.execPath, [join(PACKAGE, 'scripts', 'packages.mjs'), folder]);
  const { optionalDependencies, version } = JSON.parse(readFileSync(join(folder, 'hpc.js', 'package.json')));
  const { name } = JSON.parse(readFileSync(join(folder, 'platform', 'package.json')));
  assert.equal(optionalDependencies[name], version);
  const workflow = readFileSync(join(PACKAGE, '..', '..', '.github', 'workflows', 'addons.yml'), 'utf8');
  assert.equal(workflow.match(/target: \S+-\S+/g).length, Object.keys(optionalDependencies).length, 'each is built somewhere');
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', '--install-links', './hpc.js', './platform');
  assert.ok(!readdirSync(join(folder, 'node_modules', 'hpc.js')).some((file) => file.endsWith('.node')));
  for (const name of ['hpc.js', 'platform']) {
    assert.match(readFileSync(join(folder, name, 'LICENSE-MIT'), 'utf8'), /MIT/, 'the licence is in it');
  }
  assert.equal(run('program.mjs', 'gpu').stdout, '2,4,6,8\n');
});

test('nothing is wrong with the package that is published', async () => {
  const published = join(folder, 'hpc.js');
  const { messages, pkg } = await publint({ pkgDir: published, pack: false });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
  const [{ filename }] = JSON.parse(npm(folder, 'pack', '--json', './hpc.js'));
  const { problems } = await checkPackage(createPackageFromTarballData(readFileSync(join(folder, filename))));
  const told = problems.map(({ kind, implementationFileName, entrypoint, resolutionKind }) =>
    [kind, implementationFileName, entrypoint, resolutionKind].filter(Boolean).join(' '));
  assert.deepEqual(told.sort(), [...MEANT].sort());
});

function run(program, backend) {
  return spawnSync(process.execPath, [program], { cwd: folder, encoding: 'utf8', env: { ...process.env, HPC_BACKEND: backend } });
}
