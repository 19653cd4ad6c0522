// Processes that end in the middle of something: however they end and whatever is going on, the exit code is the program's, and the end comes
// soon. What is pending takes a moment, as a driver cannot be stopped. Each kind of work meets one end, and each end two kinds of work at least;
// HPC_ENDS=all tries all pairs.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
/** How long an end may take, in milliseconds: other tests run beside this one. */
const PATIENCE = 4000;
/** When a process counts as hanging. */
const GUARD = 30_000;

// What is going on; `ready` is called when it is.
const WORK = {
  'nothing': 'await open(); ready();',
  'initialize': "new GPUInterface({ buffers, options: { backend } }).initialize(); ready();",
  'createKernel': 'const gpu = await open(); for (let i = 0; i < 4; i++) gpu.createKernel(large(i)).catch(() => {}); ready();',
  'a run': 'const { kernel } = await busy(); kernel.run(THREADS); ready();',
  'a read': "const { gpu, kernel } = await busy(); kernel.run(THREADS); gpu.readBuffer('a').catch(() => {}); ready();",
  'onSubmittedWorkDone': 'const { gpu, kernel } = await busy(); kernel.run(THREADS); gpu.onSubmittedWorkDone().catch(() => {}); ready();',
  'a replay': "const { gpu, kernel } = await busy(); gpu.record(() => kernel.run(Math.ceil(THREADS / 20))).replay(20); gpu.readBuffer('a').catch(() => {}); ready();",
  'a profile': 'const { gpu, kernel } = await busy(); const profile = gpu.profile(); kernel.run(THREADS); profile.stop().catch(() => {}); ready();',
  'arrays that are lent': "const gpu = await open(); globalThis.kept = await Promise.all([1, 2, 3, 4].map(() => gpu.readBuffer('large'))); ready();",
  'reads that will be lent': "const gpu = await open(); for (let i = 0; i < 16; i++) gpu.readBuffer('large').catch(() => {}); ready();",
  'a canvas of another library': 'const { gpu, kernel } = await busy(canvas); kernel.run(THREADS); gpu.updateCanvas(); ready();',
  'pictures': 'const { gpu, kernel } = await busy(createCanvas(64, 64)); kernel.run(THREADS); gpu.updateCanvas(); gpu.canvas.toPNG().catch(() => {}); ready();',
  'an interface that was destroyed': "const { gpu, kernel } = await busy(); kernel.run(THREADS); gpu.readBuffer('a').catch(() => {}); gpu.destroy(); ready();",
  'many interfaces': "for (let i = 0; i < 4; i++) { const { gpu, kernel } = await busy(); kernel.run(Math.ceil(THREADS / 4)); gpu.readBuffer('a').catch(() => {}); } ready();",
};

// How it ends, and what the exit code or the signal is then; `text` is what must be said on the way.
const ENDS = {
  'process.exit': { act: 'process.exit(7);', code: 7 },
  'process.exit in a while': { act: 'setTimeout(() => process.exit(7), 50);', code: 7 },
  'an uncaught error': { act: "throw new Error('a test');", code: 1, text: /Error: a test/ },
  'a rejection that nobody handles': { act: "Promise.reject(new Error('a test'));", code: 1, text: /Error: a test/ },
  'an error in the last handler': { act: "process.on('exit', () => { throw new Error('a test'); }); process.exit(7);", text: /Error: a test/ },
  'SIGTERM': { act: 'setInterval(() => {}, 1000);', kill: 'SIGTERM', signal: 'SIGTERM' },
  'SIGTERM that is handled': { before: "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000);", kill: 'SIGTERM', code: 5 },
};

// What comes before.
const PRELUDE = (backend) => `
  import { GPUInterface, createCanvas } from 'hpc.js';
  const backend = ${JSON.stringify(backend)};
  const THREADS = ${backend === 'cpu' ? 2 ** 31 - 1 : 2 ** 16};
  const buffers = [{ name: 'a', size: [64] }, { name: 'large', size: [2 ** 22] }];
  const open = (canvas) => new GPUInterface({ buffers, canvas, options: { backend } }).initialize();
  const busy = async (canvas) => {
    const gpu = await open(canvas);
    const kernel = await gpu.createKernel((inputs) => {
      let x = inputs.threadId.x;
      for (let i = 0; i < 300; i++) x = Math.sin(x) + 1;
      inputs.buffers.a[inputs.threadId.x % 64] = x;
    });
    return { gpu, kernel };
  };
  const large = (seed) => Object.assign(() => {}, {
    toString: () => \`(inputs) => { let x = \${seed}; \${'x = Math.sin(x) + inputs.buffers.a[Math.floor(x)]; '.repeat(100)} inputs.buffers.a[0] = x; }\`,
  });
  const canvas = { width: 64, height: 64, getContext: () => ({ createImageData: () => ({ data: new Uint8ClampedArray(64 * 64 * 4) }), putImageData() {} }) };
`;

// Runs a program until it ends; how long that took from when it said that it was ready.
function ended(body, { kill } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', body], { cwd: PACKAGE, stdio: ['ignore', 'pipe', 'pipe'] });
    const guard = setTimeout(() => child.kill('SIGKILL'), GUARD);
    let [out, err, since] = ['', '', performance.now()];
    child.stderr.on('data', (data) => (err += data));
    child.stdout.on('data', (data) => {
      out += data;
      if (/ready/.test(data)) {
        since = performance.now();
        if (kill) {
          child.kill(kill);
        }
      }
    });
    child.on('close', (code, signal) => {
      clearTimeout(guard);
      resolve({ code, signal, out, err, time: performance.now() - since });
    });
  });
}

// What is wrong with an end, in a line; nothing if it is as it should be.
function fault({ code, signal, out, err, time }, end, patience = PATIENCE) {
  const isRight = (end.signal ? signal === end.signal : signal === null && (end.code === undefined ? code !== 0 : code === end.code))
    && /ready/.test(out) && (end.text ?? /^/).test(err) && time < patience;
  return isRight ? undefined : `${code} ${signal} after ${time.toFixed()} ms: ${out.trim()} ${err.trim().replaceAll(/\s+/g, ' ').slice(-120)}`;
}

// Does something with each, a few at a time.
async function each(list, act) {
  const queue = [...list];
  const go = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await act(next);
    }
  };
  await Promise.all([go(), go(), go()]);
}

// The pairs of work and ends that are tried; those of the backends differ.
function pairs(turn) {
  const ends = Object.keys(ENDS);
  const all = Object.keys(WORK).map((work, index) => ends.map((end, at) => ({ work, end, isTried: at === (index + turn) % ends.length })));
  return all.flat().filter(({ isTried }) => isTried || process.env.HPC_ENDS === 'all');
}

for (const backend of ['gpu', 'cpu']) {
  test(`a process that ends in the middle of something (${backend})`, async () => {
    const faults = [];
    await each(pairs(backend === 'cpu' ? 3 : 5), async ({ work, end }) => {
      const { before = '', act = '', kill } = ENDS[end];
      const body = `${PRELUDE(backend)}\nconst ready = () => { ${before} console.log('ready'); ${act} };\n${WORK[work]}`;
      const wrong = fault(await ended(body, { kill }), ENDS[end]);
      faults.push(...(wrong ? [`${end} in ${work}: ${wrong}`] : []));
    });
    assert.equal(faults.join('\n'), '');
  });

  test(`a script that ends in the middle of something finishes it (${backend})`, async () => {
    const faults = [];
    await each(Object.entries(WORK), async ([what, work]) => {
      const body = `${PRELUDE(backend).replace(/THREADS = \d+/, 'THREADS = 4096')}\nconst ready = () => { console.log('ready'); process.exitCode = 3; };\n${work}`;
      // Work takes its time.
      const wrong = fault(await ended(body), { code: 3 }, GUARD);
      faults.push(...(wrong ? [`${what}: ${wrong}`] : []));
    });
    assert.equal(faults.join('\n'), '');
  });

  test(`a worker that ends in the middle of something takes nobody along (${backend})`, async () => {
    const ways = {
      'terminate': ["ready();", 'await worker.terminate();'],
      'process.exit': ["ready(); process.exit(6);", "await gone;"],
      'an uncaught error': ["ready(); throw new Error('a test');", "await gone;"],
      'the end of the process': ["ready();", 'process.exit(4);'],
    };
    const work = ['a read', 'arrays that are lent'];
    const faults = [];
    await each(Object.entries(ways).flatMap(([way, parts]) => work.map((what) => [way, what, ...parts])), async ([way, what, inside, outside]) => {
      const script = `${PRELUDE(backend)}\nimport { parentPort } from 'node:worker_threads';\nconst ready = () => parentPort.postMessage('up');\n${WORK[what].replace('ready();', inside)}`;
      const body = `
        import { Worker } from 'node:worker_threads';
        const worker = new Worker(new URL(${JSON.stringify(`data:text/javascript,${encodeURIComponent(script.replace("'hpc.js'", JSON.stringify(import.meta.resolve('../esm/index.js'))))}`)}));
        worker.on('error', () => {});
        const gone = new Promise((resolve) => worker.once('exit', resolve));
        await new Promise((resolve) => worker.once('message', resolve));
        console.log('ready');
        ${outside}
        process.exit(4);`;
      const wrong = fault(await ended(body), { code: 4 });
      faults.push(...(wrong ? [`${way} in ${what}: ${wrong}`] : []));
    });
    assert.equal(faults.join('\n'), '');
  });
}
