// Kernels compiled by the plugin while bundlers build a program: renamed imports do not matter, and mistakes fail the build.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { rollup } from 'rollup';
import { minify } from 'terser';
import ts from 'typescript';
import { build as viteBuild, createServer } from 'vite';
import webpack from 'webpack';
import hpc from 'hpc.js/plugin';

// In the package's folder, so that `hpc.js` is found.
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
mkdirSync(join(PACKAGE, 'target'), { recursive: true });
const folder = realpathSync(mkdtempSync(join(PACKAGE, 'target', 'plugin-')));
after(() => rmSync(folder, { recursive: true }));

const PROGRAM = join(PACKAGE, 'test', 'bundlers', 'program.ts');
const javascript = ts.transpileModule(readFileSync(PROGRAM, 'utf8'), {
  compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
}).outputText;

let count = 0;
function file(text, extension = 'mjs') {
  const path = join(folder, `file${count++}.${extension}`);
  writeFileSync(path, text);
  return path;
}

// What a program prints.
function run(path, backend = 'gpu') {
  const env = { ...process.env, HPC_BACKEND: backend };
  const { stdout, stderr, status } = spawnSync(process.execPath, [path], { cwd: folder, encoding: 'utf8', env });
  assert.equal(status, 0, stderr);
  return stdout;
}

// Each builds the program `entry` with the plugin, resolves with the text of an ES module, and rejects with what the bundler says.
const bundlers = {
  async esbuild(entry) {
    const { outputFiles } = await esbuild.build({
      entryPoints: [entry], bundle: true, write: false, minify: true, platform: 'node', format: 'esm', external: ['hpc.js'],
      logLevel: 'silent', plugins: [hpc.esbuild()],
    });
    return outputFiles[0].text;
  },
  async rollup(entry) {
    const bundle = await rollup({ input: entry, external: ['hpc.js'], plugins: [hpc.rollup()], onLog() {} });
    const { output } = await bundle.generate({ format: 'es' });
    return (await minify(output[0].code, { module: true, toplevel: true })).code;
  },
  async vite(entry) {
    const { output } = await viteBuild({
      configFile: false, root: folder, logLevel: 'silent', plugins: [hpc.vite()],
      build: { write: false, minify: true, target: 'esnext', rollupOptions: { external: ['hpc.js'] }, lib: { entry, formats: ['es'] } },
    }).then((result) => [result].flat()[0]);
    return (await minify(output[0].code, { module: true, toplevel: true })).code;
  },
  webpack(entry) {
    const filename = `webpack${count++}.mjs`;
    const options = {
      mode: 'production', target: 'node20', entry, plugins: [hpc.webpack()], externals: { 'hpc.js': 'module hpc.js' },
      experiments: { outputModule: true }, output: { path: folder, filename, library: { type: 'module' } },
    };
    return new Promise((resolve, reject) => {
      webpack(options, (error, stats) => {
        const failure = error ?? (stats.hasErrors() ? new Error(stats.toString({ errors: true })) : undefined);
        return failure ? reject(failure) : resolve(readFileSync(join(folder, filename), 'utf8'));
      });
    });
  },
};

const native = run(file(javascript));

for (const [name, bundle] of Object.entries(bundlers)) {
  test(`${name}: a minified program whose imports are renamed gives the same`, async () => {
    const text = await bundle(file(javascript));
    assert.ok(!/\bvec4\(4\)/.test(text), 'the import is renamed');
    const built = file(text);
    assert.equal(run(built), native);
    assert.equal(run(built, 'cpu'), native);
  });

  test(`${name}: a mistake in a kernel fails the build and is shown at its place`, async () => {
    const entry = file(`import GPUInterface from 'hpc.js';\nconst gpu = new GPUInterface({});\ngpu.createKernel((inputs) => {\n  let x = oops;\n});\n`);
    const failure = await bundle(entry).then(() => assert.fail('it was built'), (error) => error);
    assert.match(failure.message, /unknown name `oops`/);
    assert.match(failure.message, new RegExp(`${entry.slice(entry.lastIndexOf('/') + 1).replace('.', '\\.')}:4:11`));
    const { file: at, line, column } = failure.loc ?? failure.errors?.[0].location ?? failure.errors?.[0].loc ?? {};
    if (name !== 'webpack') {
      assert.deepEqual([at && join(folder, at.slice(at.lastIndexOf('/') + 1)), line, column], [entry, 4, 10]);
    }
  });
}

test('vite: the server for development shows a mistake at its place', async () => {
  const entry = file("import GPUInterface from 'hpc.js';\nconst gpu = new GPUInterface({});\ngpu.createKernel((inputs: any) => {\n  let x = oops;\n});\n", 'ts');
  const server = await createServer({
    configFile: false, root: folder, logLevel: 'silent', optimizeDeps: { noDiscovery: true }, plugins: [hpc.vite()],
    server: { middlewareMode: true, hmr: false, ws: false },
  });
  try {
    await assert.rejects(server.transformRequest(entry.slice(folder.length)), { loc: { file: entry, line: 4, column: 10 } });
  } finally {
    await server.close();
  }
});

test('TypeScript is compiled as it was written', async () => {
  assert.equal(run(file(await bundlers.esbuild(PROGRAM))), native);
});

test('the debug backend calls the function as ever', async () => {
  const bundle = await rollup({ input: file(javascript), external: ['hpc.js'], plugins: [hpc.rollup()] });
  const { output } = await bundle.generate({ format: 'es' });
  assert.equal(run(file(output[0].code), 'debug'), native);
});

// The size that is read in the program is not the one that it has when it runs.
const CHANGED = `
  import GPUInterface, { vec2 } from 'hpc.js';
  const size = [2];
  size[0] = 3;
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size }] }).initialize();
  try {
    (await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] = vec2(2, 3).x; })).run(3);
    console.log((await gpu.readBuffer('a')).join());
  } catch (error) {
    console.log(error.message);
  }`;

test('a kernel that was compiled for another interface is compiled again', async () => {
  const bundle = await rollup({ input: file(CHANGED), external: ['hpc.js'], plugins: [hpc.rollup()] });
  const { output } = await bundle.generate({ format: 'es' });
  assert.match(output[0].code, /hpc\.js:precompiled/);
  assert.equal(run(file(output[0].code)), '2,2,2\n');
});

test('where that is not possible, the error says why the kernel was not used', async () => {
  const message = run(file(await bundlers.esbuild(file(CHANGED))));
  assert.match(message, /HPC\d{4}/);
  assert.match(message, /was not used: .* the buffer "a" of size \[2\] .* there is the buffer "a" of size \[3\]/);
});

test('an artifact of another version is compiled again', async () => {
  const bundle = await rollup({ input: file(javascript), external: ['hpc.js'], plugins: [hpc.rollup()] });
  const { output } = await bundle.generate({ format: 'es' });
  // What is stored begins with the number of its format.
  assert.match(output[0].code, /gpu: "%\d\d%/);
  assert.equal(run(file(output[0].code.replaceAll(/"%\d\d%/g, '"%02%'))), native);
});

test('what is not known before the program runs is left alone, and said', async () => {
  const text = "import GPUInterface from 'hpc.js';\nconst gpu = new GPUInterface({ buffers: [{ name: 'a', size: [Number(process.argv[2])] }] });\ngpu.createKernel((inputs) => {});\ngpu.createKernel((inputs) => { return; });\n";
  const logs = [];
  const bundle = await rollup({ input: file(text), external: ['hpc.js'], plugins: [hpc.rollup()], onLog: (_, log) => logs.push(log.message) });
  const { output } = await bundle.generate({ format: 'es' });
  assert.ok(!output[0].code.includes('precompiled'));
  assert.equal(logs.length, 1, 'once for both kernels');
  assert.match(logs[0], /file\d+\.mjs:2:\d+: kernels are compiled when the program runs, since the size of the buffer "a" is not known/);
});

test('lines are mapped to those of the program', async () => {
  const bundle = await rollup({ input: file(javascript), external: ['hpc.js'], plugins: [hpc.rollup()] });
  const { output } = await bundle.generate({ format: 'es', sourcemap: true });
  assert.deepEqual(output[0].map.sourcesContent, [javascript]);
  assert.notEqual(output[0].map.mappings, '');
});

const WITH_CONSTANTS = `
import GPUInterface, { vec2 } from 'hpc.js';
const N = 3;
const SIZE = N + 1;
const weights = [1, 2, 4, 8];
const step = vec2(10, 20);
const gpu = await new GPUInterface({ buffers: [{ name: 'out', size: [SIZE] }] }).initialize();
const kernel = await gpu.createKernel((inputs) => {
  const i = inputs.threadId.x;
  inputs.buffers.out[i] = weights[i] * N + step.x;
});
const scale = 2 + Number(process.env.HPC_MORE ?? 0);
const given = await gpu.createKernel((inputs) => {
  inputs.buffers.out[inputs.threadId.x] *= factor;
}, { constants: { factor: N } });
const late = await gpu.createKernel((inputs) => {
  inputs.buffers.out[inputs.threadId.x] += scale;
}, { constants: { scale } });
kernel.run(SIZE);
given.run(SIZE);
late.run(SIZE);
console.log([...(await gpu.readBuffer('out'))].join());
`;

test('constants of the file are seen, and those that are given', async () => {
  const expected = [1, 2, 4, 8].map((weight) => (weight * 3 + 10) * 3 + 2).join();
  const entry = file(WITH_CONSTANTS);
  const bundle = file((await esbuild.build({
    entryPoints: [entry], bundle: true, write: false, platform: 'node', format: 'esm', external: ['hpc.js'], logLevel: 'silent',
    plugins: [hpc.esbuild()],
  })).outputFiles[0].text);
  for (const backend of ['gpu', 'cpu', 'debug']) {
    assert.equal(run(bundle, backend).trim(), expected, backend);
  }
  assert.match(readFileSync(bundle, 'utf8'), /seen: "const weights = array\(\[1, 2, 4, 8\]\);/);
  // What is known only when the program runs is compiled then, and named as the program names it.
  const minified = file(await bundlers.esbuild(file(WITH_CONSTANTS.replace('Number(process.env.HPC_MORE ?? 0)', '0'))));
  assert.equal(run(minified).trim(), expected);
});
