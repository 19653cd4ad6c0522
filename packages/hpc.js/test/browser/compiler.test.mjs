// When a page fetches the compiler, where it runs, and what happens if it does not come or stops.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import hpc from 'hpc.js/plugin';
import { launch, openPage } from './browser.mjs';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
mkdirSync(join(PACKAGE, 'target'), { recursive: true });
const folder = mkdtempSync(join(PACKAGE, 'target', 'compiler-'));
after(() => rmSync(folder, { recursive: true }));

const browser = await launch();

// A page, and the names of the WebAssembly that it and its workers fetch.
async function watch() {
  const page = await openPage(browser);
  const fetched = [];
  page.on('request', (request) => {
    const [name] = request.url().match(/hpc_\w+\.wasm$/) ?? [];
    if (name) {
      fetched.push(name);
    }
  });
  return { page, fetched };
}

// In a page: doubles four numbers; what comes of it.
const double = (page, backend = 'gpu') =>
  page.evaluate(async (backend) => {
    const { GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4], initialData: [1, 2, 3, 4] }], options: { backend } }).initialize();
    try {
      const kernel = await gpu.createKernel((inputs) => {
        inputs.buffers.a[inputs.threadId.x] *= 2;
      });
      kernel.run(4);
      return [...(await gpu.readBuffer('a'))];
    } catch ({ code, message }) {
      return { code, message };
    }
  }, backend);

const DOUBLED = [2, 4, 6, 8];

for (const backend of ['gpu', 'cpu']) {
  test(`a page fetches the compiler for its backend once, and no other: ${backend}`, async () => {
    const { page, fetched } = await watch();
    assert.deepEqual(await double(page, backend), DOUBLED);
    assert.deepEqual(await double(page, backend), DOUBLED);
    assert.deepEqual(fetched.sort(), [`hpc_compiler_${backend}_bg.wasm`, 'hpc_web_bg.wasm']);
    assert.ok(page.workers().some((worker) => worker.url().endsWith('compiler/worker.js')));
    assert.deepEqual(page.faults, []);
  });

  test(`a mistake is told by the same compiler: ${backend}`, async () => {
    const { page, fetched } = await watch();
    const { code, message } = await page.evaluate(async (backend) => {
      const { GPUInterface } = await import('hpc.js');
      const gpu = await new GPUInterface({ options: { backend } }).initialize();
      return gpu.createKernel(Object.assign(() => {}, { toString: () => '(inputs) => { oops; }' })).catch(({ code, message }) => ({ code, message }));
    }, backend);
    assert.equal(code, 'HPC0101');
    assert.match(message, /1 \| \(inputs\) => \{ oops; \}\n +\| +\^\^\^\^\n/);
    assert.deepEqual(await double(page, backend), DOUBLED);
    assert.deepEqual(fetched.sort(), [`hpc_compiler_${backend}_bg.wasm`, 'hpc_web_bg.wasm']);
    assert.deepEqual(page.faults, []);
  });

  test(`a kernel explains itself: ${backend}`, async () => {
    const { page, fetched } = await watch();
    const explained = (backend) => page.evaluate(async (backend) => {
      const { GPUInterface } = await import('hpc.js');
      const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4] }], options: { backend } }).initialize();
      const kernel = await gpu.createKernel((inputs) => {
        inputs.buffers.a[inputs.threadId.x] *= 2;
      });
      return kernel.explain();
    }, backend);
    assert.match(await explained(backend), /^threads: .*threadId\.x.*\nbuffer a: written\n/);
    assert.deepEqual(fetched.sort(), [`hpc_compiler_${backend}_bg.wasm`, 'hpc_web_bg.wasm']);
  });
}

// Runs a program, built with the plugin, in a page.
async function runBuilt(page, program) {
  const entry = join(folder, 'program.js');
  writeFileSync(entry, program);
  const bundle = await rollup({ input: entry, external: ['hpc.js'], plugins: [hpc.rollup()] });
  const { output } = await bundle.generate({ format: 'es' });
  return page.evaluate(async (code) => {
    const program = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    return program.result;
  }, output[0].code);
}

const built = (backend, between = '') => `
  import GPUInterface from 'hpc.js';
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4], initialData: [1, 2, 3, 4] }], options: { backend: '${backend}' } }).initialize();
  const double = await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] *= 2; });
  double.run(4);
  ${between}
  export const result = [...(await gpu.readBuffer('a'))];
`;

for (const backend of ['gpu', 'cpu']) {
  test(`a page all of whose kernels were compiled before never fetches a compiler: ${backend}`, async () => {
    const { page, fetched } = await watch();
    assert.deepEqual(await runBuilt(page, built(backend)), DOUBLED);
    // What is fetched in the background would be by then.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    assert.deepEqual(fetched, ['hpc_web_bg.wasm']);
    assert.deepEqual(page.faults, []);
  });

  test(`a page with a kernel of both kinds fetches the compiler for the other one: ${backend}`, async () => {
    const { page, fetched } = await watch();
    const between = `
      const text = "(inputs) => { inputs.buffers.a[inputs.threadId.x] += 1; }";
      (await gpu.createKernel(Object.assign(() => {}, { toString: () => text }))).run(4);`;
    assert.deepEqual(await runBuilt(page, built(backend, between)), [3, 5, 7, 9]);
    assert.deepEqual(fetched, ['hpc_web_bg.wasm', `hpc_compiler_${backend}_bg.wasm`]);
  });
}

test('the page goes on while a kernel is compiled', async () => {
  const { page } = await watch();
  const { took, longest, code } = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ options: { backend: 'gpu' } }).initialize();
    const text = `(inputs) => { let x = 1; ${'x = Math.sin(x * 1.5) + 1; '.repeat(30_000)} oops; }`;
    const begun = performance.now();
    let last = begun;
    let longest = 0;
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    });
    const { code } = await gpu.createKernel(Object.assign(() => {}, { toString: () => text })).catch((error) => error);
    clearInterval(timer);
    return { took: performance.now() - begun, longest, code };
  });
  console.log(`compiled in ${took.toFixed()} ms, of which the page was kept waiting ${longest.toFixed()} ms at most`);
  assert.equal(code, 'HPC0101');
  assert.ok(longest < took / 3, `${longest} of ${took} ms`);
});

test('where no worker can be started, kernels are compiled in the page', async () => {
  const { page } = await watch();
  await page.evaluate(() => (globalThis.Worker = undefined));
  assert.deepEqual(await double(page), DOUBLED);
  assert.deepEqual(page.workers(), []);
});

test('the same where the file of the worker does not come', async () => {
  const { page } = await watch();
  await page.route(/compiler\/worker\.js$/, (route) => route.abort());
  assert.deepEqual(await double(page), DOUBLED);
});

test('the same where the rules of the page forbid workers', async () => {
  const { page } = await watch();
  await page.evaluate(() => {
    const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content: "worker-src 'none'" });
    document.head.append(meta);
  });
  assert.deepEqual(await double(page), DOUBLED);
});

test('a server that does not know what WebAssembly is', async () => {
  const { page } = await watch();
  await page.route(/hpc_compiler_gpu_bg\.wasm$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
  });
  assert.deepEqual(await double(page), DOUBLED);
});

for (const where of ['worker', 'page']) {
  test(`a compiler that cannot be fetched: the error says so, and the next kernel tries again: in a ${where}`, async () => {
    const { page } = await watch();
    if (where === 'page') {
      await page.evaluate(() => (globalThis.Worker = undefined));
    }
    await page.route(/hpc_compiler_gpu_bg\.wasm$/, (route) => route.abort());
    const { code, message } = await double(page);
    assert.equal(code, 'Internal');
    assert.match(message, /^the compiler cannot be loaded: .*; try again when its files can be fetched$/);
    await page.unroute(/hpc_compiler_gpu_bg\.wasm$/);
    assert.deepEqual(await double(page), DOUBLED);
  });
}

test('a kernel that takes much memory is compiled', async () => {
  const { page } = await watch();
  const read = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [1] }], options: { backend: 'gpu' } }).initialize();
    const text = `(inputs) => { let x = 0; ${'x++; '.repeat(4000)} inputs.buffers.a[0] = x; }`;
    (await gpu.createKernel(Object.assign(() => {}, { toString: () => text }))).run(1);
    return [...(await gpu.readBuffer('a'))];
  });
  assert.deepEqual(read, [4000]);
});

test('a mistake of ours in the compiler: what needs it is refused from then on, and all else goes on', async () => {
  const { page } = await watch();
  const body = "export default async () => {}; export const compile = () => { throw new Error('panicked at a test'); }; export const explain = compile; export const warmUp = () => true;";
  await page.route(/hpc_compiler_gpu\.js$/, (route) => route.fulfill({ body, contentType: 'text/javascript', headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' } }));
  const before = built('gpu', 'globalThis.double = double; globalThis.gpu = gpu;');
  assert.deepEqual(await runBuilt(page, before), DOUBLED);
  for (const _ of [1, 2]) {
    const { code, message } = await double(page);
    assert.equal(code, 'Internal');
    assert.match(message, /^internal error: the compiler stopped; please report it with the text below, and reload the page\nError: panicked at a test$/);
  }
  const doubled = await page.evaluate(async () => {
    globalThis.double.run(4);
    return [...(await gpu.readBuffer('a'))];
  });
  assert.deepEqual(doubled, [4, 8, 12, 16]);
});

test('the kernel that warms the compilers up compiles', async () => {
  const { page } = await watch();
  const compile = (name) => page.evaluate(async (name) => {
    const compiler = await import(`/packages/hpc.js/web/hpc_compiler_${name}.js`);
    await compiler.default({ module_or_path: fetch(`/packages/hpc.js/web/hpc_compiler_${name}_bg.wasm`) });
    return compiler.warmUp();
  }, name);
  assert.deepEqual([await compile('gpu'), await compile('cpu')], [true, true]);
});
