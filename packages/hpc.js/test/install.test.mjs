// The packages as they are published, installed into empty projects: each kind of project runs, and TypeScript is content without `skipLibCheck`.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { installed, starter } from './installed.mjs';

const { folder, remove } = installed('install');
after(remove);

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

function run(program, words, cwd, backend) {
  const env = { ...process.env, HPC_BACKEND: backend, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
  const { stdout, stderr, status, error } = spawnSync(program, words, { cwd, encoding: 'utf8', env });
  assert.equal(status, 0, `${error ?? ''}${stdout}${stderr}`);
  return stdout;
}

test('the starter for Node', () => {
  const project = starter(folder, 'node');
  const { scripts, dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', 'hpc.js', 'package.json'), 'utf8'));
  assert.equal(dependencies['hpc.js'], `^${version}`, 'it asks for this version');
  const [program, ...words] = scripts.start.split(' ');
  assert.equal(program, 'node');
  for (const backend of ['cpu', 'gpu', 'debug']) {
    assert.equal(run(process.execPath, words, project, backend), '2, 4, 6, 8\n');
  }
});

test('the program of the README', () => {
  const [, program] = /^```js\n([^]*?)^```/m.exec(readFileSync(join(folder, 'node_modules', 'hpc.js', 'README.md'), 'utf8'));
  writeFileSync(join(folder, 'readme.mjs'), program);
  run(process.execPath, ['readme.mjs'], folder, 'cpu');
  const picture = readFileSync(join(folder, 'julia.png'));
  assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [1920, 1080]);
  assert.ok(picture.length > 20_000, 'it shows something');
});

test('CommonJS', () => {
  const text = `
    const GPUInterface = require('hpc.js');
    const hpc = require('hpc.js/plugin');
    const { vec2, default: same } = GPUInterface;
    if (same !== GPUInterface || [hpc.vite, hpc.webpack, hpc.default.rollup, hpc.esbuild].some((plugin) => typeof plugin !== 'function')) throw Error();
    (async () => {
      const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [2] }] }).initialize();
      const kernel = await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] = vec2(inputs.threadId.x, 1).plus(vec2(1, 1)).x; });
      kernel.run(2);
      console.log((await gpu.readBuffer('a')).join());
    })();`;
  writeFileSync(join(folder, 'program.cjs'), text);
  assert.equal(run(process.execPath, ['program.cjs'], folder, 'cpu'), '1,2\n');
});

test('the plugin in a Node that cannot require ES modules', () => {
  const { stderr, status } = spawnSync(process.execPath, ['--no-experimental-require-module', '-e', "require('hpc.js/plugin')"], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /hpc\.js\/plugin needs Node 20\.19, 22\.12 or newer, and this is v\d+/);
});

const TYPED = `
import GPUInterface, { type GPUVec2, vec2 } from 'hpc.js';
import hpc from 'hpc.js/plugin';

const plugin: unknown = hpc.vite();
async function main(): Promise<void> {
  const gpu = await new GPUInterface({ buffers: [{ name: 'grid', size: [2, 2], type: 'u32' }], uniforms: { by: vec2(1, 2) } }).initialize();
  const kernel = await gpu.createKernel(({ buffers, threadId, uniforms }) => {
    buffers.grid[threadId.x][threadId.y] += threadId.x + uniforms.by.y;
  });
  kernel.run(2, 2);
  const result: Uint32Array = await gpu.readBuffer('grid');
  const size: GPUVec2 = vec2(2, 2);
  console.log(result.join(), size.x, typeof plugin);
}
void main();
`;

const STRICT = {
  strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitOverride: true, noPropertyAccessFromIndexSignature: true,
  target: ts.ScriptTarget.ES2022, lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'], types: ['node'],
};

const PROJECTS = {
  'ES modules and CommonJS of Node': [['program.mts', 'program.cts'], { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }],
  'for a bundler': [['program.ts'], { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
};

for (const [name, [files, options]] of Object.entries(PROJECTS)) {
  test(`TypeScript, as strict as it gets: ${name}`, () => {
    const project = join(folder, `typescript-${files[0]}`);
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
    const paths = files.map((file) => join(project, file));
    paths.forEach((path) => writeFileSync(path, TYPED));
    const program = ts.createProgram(paths, { ...STRICT, ...options, outDir: project });
    const { diagnostics } = program.emit();
    // What others declare is theirs to mend: only files of ours and of the program count.
    const ours = [...ts.getPreEmitDiagnostics(program), ...diagnostics].filter((found) => !found.file || /\/(node_modules\/hpc\.js|typescript-program)/.test(found.file.fileName));
    assert.equal(ts.formatDiagnostics(ours, { getCanonicalFileName: String, getCurrentDirectory: () => folder, getNewLine: () => '\n' }), '');
    for (const file of files) {
      assert.match(run(process.execPath, [file.replace('ts', 'js')], project, 'cpu'), /^2,2,3,3 2 (object|function)\n$/);
    }
  });
}

// Both come from npm's registry, for the machines that run all tests.
const RUNTIMES = {
  Deno: [join(MODULES, '@deno', 'linux-x64-glibc', 'deno'), 'run', '--allow-all', '--no-remote', '--node-modules-dir=manual'],
  Bun: [join(MODULES, '@oven', 'bun-linux-x64', 'bin', 'bun'), 'run'],
};

for (const [name, [program, ...words]] of Object.entries(RUNTIMES)) {
  test(name, { skip: process.platform === 'linux' && process.arch === 'x64' ? false : 'npm has it for Linux on x64 here' }, () => {
    const project = starter(folder, 'node');
    for (const backend of ['cpu', 'gpu', 'debug']) {
      assert.equal(run(program, [...words, 'index.js'], project, backend), '2, 4, 6, 8\n');
    }
  });
}

test('nothing of the repository was used', () => {
  const require = createRequire(join(folder, 'program.cjs'));
  assert.ok(require.resolve('hpc.js').startsWith(join(folder, 'node_modules')));
});
