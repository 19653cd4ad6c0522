// Profiles in Node.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { GPUInterface } from '../esm/index.js';

async function open(backend) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [64] }], options: { backend } }).initialize();
  const add = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x] += 1;
  });
  return { gpu, add };
}

for (const backend of ['gpu', 'cpu']) {
  test(`${backend}: a profile tells what took how long`, async () => {
    const { gpu, add } = await open(backend);
    const profile = gpu.profile();
    for (let i = 0; i < 3; i++) {
      add.run(64);
    }
    gpu.record(() => add.run(64)).replay(2);
    await gpu.readBuffer('a');
    assert.equal(await profile.stop(), profile);
    assert.match(profile.table, /call +run kernel 1 +4 /);
    // Each run, and those of the replay, by the device.
    assert.match(profile.table, /execute +kernel 1 \(.*\) +5 /);
    const { traceEvents } = JSON.parse(profile.toTrace());
    const spans = traceEvents.filter(({ ph, tid }) => ph === 'X' && tid === 3);
    assert.equal(spans.length, 5);
    assert.ok(spans.every(({ name, ts, dur }) => /^kernel 1/.test(name) && ts >= 0 && dur > 0), JSON.stringify(spans));
    const named = await gpu.createKernel(function half(inputs) {
      inputs.buffers.a[inputs.threadId.x] /= 2;
    });
    const other = gpu.profile();
    named.run(64);
    assert.match((await other.stop()).table, /call +run half +1 [^]*execute +half \(/);
    const folder = await mkdtemp(join(tmpdir(), 'hpc-'));
    await profile.save(join(folder, 'trace.json'));
    assert.equal(await readFile(join(folder, 'trace.json'), 'utf8'), profile.toTrace());
    await rm(folder, { recursive: true });
  });

  test(`${backend}: profiles are refused in words`, async () => {
    const { gpu, add } = await open(backend);
    const profile = gpu.profile();
    assert.throws(() => profile.table, /await profile\.stop\(\) first/);
    assert.throws(() => profile.toTrace(), /await profile\.stop\(\) first/);
    await assert.rejects(profile.save('/nowhere'), /await profile\.stop\(\) first/);
    assert.throws(() => gpu.profile(), /a profile is being made; stop it before another one begins/);
    assert.throws(() => gpu.record(() => gpu.profile()), /profile cannot be recorded/);
    const both = [profile.stop(), profile.stop()];
    assert.deepEqual(await Promise.all(both), [profile, profile]);
    const last = gpu.profile();
    add.run(64);
    gpu.destroy();
    await assert.rejects(last.stop(), { code: 'Dropped' });
  });
}

test('debug: there are no profiles', async () => {
  const { gpu } = await open('debug');
  assert.throws(() => gpu.profile(), /profiles are made in Node, on the GPU and the CPU/);
});
