export const title = 'objects in kernels: literals, copies, parameters, results, choices, arrays of them';

export default async function ({ check, array, dim, types, vec2, GPUInterface }) {
  await check(
    (inputs) => {
      function lerp(a, b, t = types.number) {
        return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
      }
      function longer(a, b) {
        if (a.x * a.x + a.y * a.y > b.x * b.x + b.y * b.y) {
          return a;
        }
        return b;
      }
      function sum(p) {
        p.x += p.y;
        return p.x;
      }
      const i = inputs.threadId.x;
      const a = { x: 1, y: i };
      let b = { y: 8, x: 4 };
      let c = lerp(a, b, 0.25);
      b = a;
      b.x = 50;
      c = i % 2 === 0 ? longer(c, a) : { x: c.y, y: c.x };
      inputs.buffers.out[i] = c.x + c.y * 10 + a.x * 100 + sum(b) * 1000 + b.x * 100000;
    },
    { out: 4, run: [4], tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      // A stack of what is still to be looked at.
      let stack = array(8, { low: 0, high: 0 });
      let top = 1;
      stack[0] = { low: 0, high: 40 + i };
      let leaves = 0;
      while (top > 0) {
        top--;
        const range = stack[top];
        if (range.high - range.low < 5) {
          leaves += range.high - range.low;
          continue;
        }
        const middle = Math.floor((range.low + range.high) / 2);
        stack[top] = { low: range.low, high: middle };
        stack[top + 1].low = middle;
        stack[top + 1].high = range.high;
        top += 2;
      }
      const pair = array([{ v: vec2(1, 2), w: true }, { v: vec2(3, 4), w: false }]);
      const chosen = pair[i % 2];
      inputs.buffers.out[i] = leaves * 100 + chosen.v.y + (chosen.w ? 10 : 20) + dim(stack);
    },
    { out: 3, run: [3], tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      // As tools write it for older engines.
      var b = inputs.buffers;
      for (var i = 0; i < 3; i++) {
        var p = b.points[i];
        p.x = p.x * 2;
        if (p.inner.deep > 1) {
          var q = p;
          q.inner.deep += 1;
          b.out[i] = q.x + q.inner.deep;
        }
        b.points[i] = p;
      }
      b.out[3] = b.points[2].inner.deep + dim(b.points);
    },
    {
      out: 4,
      run: [1],
      buffers: { points: [{ x: 1, inner: { deep: 1 } }, { x: 2, inner: { deep: 2 } }, { x: 3, inner: { deep: 3 } }] },
      tolerance: 'exact',
    },
  );
  await check(
    (inputs) => {
      function area(boxes, i = types.number) {
        return boxes[i].size.x * boxes[i].size.y;
      }
      const { position, size: { x: width } } = inputs.buffers.boxes[1];
      const SETTINGS = { scale: 2, shift: 1 };
      let total = 0;
      for (let i = 0; i < dim(inputs.buffers.boxes); i++) {
        total += area(inputs.buffers.boxes, i);
      }
      inputs.buffers.out[0] = total * SETTINGS.scale + SETTINGS.shift;
      inputs.buffers.out[1] = position.x + width;
      // An index outside reads zeros, and writes nothing.
      const outside = inputs.buffers.boxes[7];
      inputs.buffers.boxes[-1].position.x = 3;
      inputs.buffers.out[2] = outside.size.y + outside.position.x;
    },
    {
      out: 3,
      run: [1],
      buffers: { boxes: [{ position: vec2(1, 2), size: vec2(3, 4) }, { position: vec2(5, 6), size: vec2(7, 8) }] },
      tolerance: 'exact',
    },
  );
  // The fields of one object are read before any is written.
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'nodes', size: [3], type: { next: 'u16', value: 'i8', weights: ['f16', 2] } },
      { name: 'copies', size: [3], type: { next: 'u16', value: 'i8', weights: ['f16', 2] } },
    ],
  }).initialize();
  gpu.writeBuffer('nodes', [1, 2, 0].map((next) => ({ next, value: next * 50, weights: [next, 0.1] })));
  const kernel = await gpu.createKernel((inputs) => {
    const nodes = inputs.buffers.nodes;
    nodes[0] = { next: nodes[0].value, value: nodes[0].next, weights: nodes[nodes[1].next].weights };
    let node = nodes[1];
    node = nodes[node.next];
    node.weights[0] = 3;
    nodes[nodes[1].next] = node;
    nodes[1] = nodes[nodes[1].next];
  });
  kernel.run(1);
  gpu.copyBuffer('nodes', 'copies');
  kernel.run(1);
  await gpu.readBuffer('nodes', 'exact');
  await gpu.readBuffer('copies', 'exact');
}
