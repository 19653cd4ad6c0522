// What a kernel tells of itself.

import assert from 'node:assert/strict';
import test from 'node:test';
import addon from '../addon.cjs';
import { GPUInterface } from '../esm/index.js';
import { tagged } from '../esm/precompiled.js';

const open = (backend) => new GPUInterface({ buffers: [{ name: 'a', size: [4] }], options: { backend } }).initialize();

const double = (inputs) => {
  inputs.buffers.a[inputs.threadId.x] *= 2;
};

for (const backend of ['gpu', 'cpu']) {
  test(`${backend}: threads, buffers and accesses, by their lines`, async () => {
    const kernel = await (await open(backend)).createKernel(double);
    const lines = (await kernel.explain()).split('\n');
    assert.match(lines[0], /^threads: .*threadId\.x/);
    assert.equal(lines[1], 'buffer a: written');
    assert.equal(lines.some((line) => /^line 2: `inputs\.buffers\.a\[inputs\.threadId\.x\].*in range/.test(line)), backend === 'gpu');
    assert.ok(lines.some((line) => /^line 2: .*no other thread has this element/.test(line)));
  });

  test(`${backend}: a kernel that was compiled with the application is explained, too`, async () => {
    const gpu = await open(backend);
    const made = await gpu.createKernel(double);
    const program = `import GPUInterface from 'hpc.js';
      const gpu = new GPUInterface({ buffers: [{ name: 'a', size: [4] }] });
      gpu.createKernel(${double});`;
    const { kernels: [stored] } = addon.precompile(program, 'program.js');
    const before = Function(`return ${tagged(`${double}`, stored)}`)();
    const kernel = await gpu.createKernel(before);
    assert.equal(kernel.source, made.source);
    assert.equal(await kernel.explain(), await made.explain());
  });
}

test('debug: the function itself runs', async () => {
  const kernel = await (await open('debug')).createKernel(double);
  assert.match(await kernel.explain(), /^debug backend: the function itself runs/);
});
