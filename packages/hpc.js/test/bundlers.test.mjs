// A program as bundlers, transpilers and minifiers leave it: it must give the same, or say why it cannot.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import babel from '@babel/core';
import esbuild from 'esbuild';
import { rollup } from 'rollup';
import { minify } from 'terser';
import ts from 'typescript';
import webpack from 'webpack';

// In the package's folder, so that `hpc.js` and tsx are found.
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
mkdirSync(join(PACKAGE, 'target'), { recursive: true });
const folder = mkdtempSync(join(PACKAGE, 'target', 'bundlers-'));
after(() => rmSync(folder, { recursive: true }));

const PROGRAM = join(PACKAGE, 'test', 'bundlers', 'program.ts');
const typescript = readFileSync(PROGRAM, 'utf8');
const transpile = (options) => ts.transpileModule(typescript, { compilerOptions: options }).outputText;
const javascript = transpile({ module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 });

let count = 0;

// Writes a program and gives its path; `extension` says which module system it is for.
function file(text, extension = 'mjs') {
  const path = join(folder, `program${count++}.${extension}`);
  writeFileSync(path, text);
  return path;
}

// What a program prints.
function run(path, ...options) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...options, path], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

const expected = '[[2,4,6,8],[6,8,0,0,6,6,2,0],';
const native = run(file(javascript));
const works = (path, ...options) => assert.equal(run(path, ...options), native);

test('native ESM', () => {
  assert.ok(native.startsWith(expected), native);
});

test('tsx, which keeps the names of functions', () => works(PROGRAM, '--import', 'tsx'));

async function esbuilt(options) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [PROGRAM], bundle: true, write: false, platform: 'node', external: ['hpc.js'], ...options,
  });
  return file(outputFiles[0].text, options.format === 'cjs' ? 'cjs' : 'mjs');
}

test('esbuild to ESM', async () => works(await esbuilt({ format: 'esm' })));
test('esbuild to CommonJS', async () => works(await esbuilt({ format: 'cjs' })));
test('esbuild to CommonJS, minified', async () => works(await esbuilt({ format: 'cjs', minify: true })));
test('esbuild to ESM, minified: imports are renamed, and the error says what to do', async () => {
  const output = run(await esbuilt({ format: 'esm', minify: true }));
  assert.match(output, /HPC\d{4}/);
  assert.match(output, /bundler|minif/);
});

test('rollup', async () => {
  const bundle = await rollup({ input: file(javascript), external: ['hpc.js'] });
  for (const format of ['es', 'cjs']) {
    const { output } = await bundle.generate({ format, exports: 'auto' });
    works(file(output[0].code, format === 'es' ? 'mjs' : 'cjs'));
  }
});

function webpacked(mode) {
  const entry = file(javascript);
  const filename = `webpack-${mode}.cjs`;
  const options = { mode, target: 'node', entry, output: { path: folder, filename }, externals: { 'hpc.js': 'commonjs hpc.js' } };
  return new Promise((resolve, reject) => {
    webpack(options, (error, stats) => {
      const failure = error ?? (stats.hasErrors() ? new Error(stats.toString()) : undefined);
      return failure ? reject(failure) : resolve(join(folder, filename));
    });
  });
}

test('webpack for development', async () => works(await webpacked('development')));
test('webpack for production', async () => works(await webpacked('production')));
test('webpack for production, and terser once more', async () => {
  const { code } = await minify(readFileSync(await webpacked('production'), 'utf8'), { compress: { passes: 3 }, mangle: true, toplevel: true });
  works(file(code, 'cjs'));
});

for (const target of ['ES5', 'ES2015', 'ES2022']) {
  test(`TypeScript to CommonJS and ${target}`, () => {
    works(file(transpile({ module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget[target], esModuleInterop: true, downlevelIteration: true }), 'cjs'));
  });
}

function babeled() {
  const presets = [['@babel/preset-env', { targets: { ie: '11' }, modules: 'commonjs' }]];
  return babel.transformSync(javascript, { presets, configFile: false, babelrc: false }).code;
}

test('Babel to CommonJS and ES5', () => works(file(babeled(), 'cjs')));
async function terserOnBabel(compress) {
  const { code } = await minify(babeled(), { compress, mangle: true, toplevel: true });
  return file(code, 'cjs');
}
test('Babel to ES5, then terser that leaves variables where they are', async () => {
  works(await terserOnBabel({ collapse_vars: false, reduce_vars: false }));
});
test('Babel to ES5, then terser: a parameter without a name', async () => works(await terserOnBabel({})));
