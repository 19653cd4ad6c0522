export const title = 'vectors are values: copies do not share components';

export default async function ({ check, vec2, types }) {
  await check(
    (inputs) => {
      function moved(v = types.vec2) {
        v.x += 100;
        return v;
      }
      function same(v = types.vec2) {
        return v;
      }
      let p = vec2(1, 2);
      let q = p;
      q.x = 10;
      const r = p;
      p.y = 20;
      const s = moved(p);
      let t = same(p);
      t.x = -1;
      let u;
      u = p;
      u.y = -2;
      let e = inputs.buffers.data[0];
      e.x = 77;
      inputs.buffers.data[1] = p;
      p.x = 5;
      inputs.buffers.out[0] = p;
      inputs.buffers.out[1] = q;
      inputs.buffers.out[2] = r;
      inputs.buffers.out[3] = s;
      inputs.buffers.out[4] = t;
      inputs.buffers.out[5] = u;
      inputs.buffers.out[6] = inputs.buffers.data[0];
      inputs.buffers.out[7] = inputs.buffers.data[1];
    },
    {
      out: { size: [8], type: 'vec2' },
      run: [1],
      buffers: { data: [vec2(3, 4), vec2(0, 0)] },
      expect: [5, 20, 10, 2, 1, 2, 101, 20, -1, 20, 1, -2, 3, 4, 1, 20],
    },
  );
}
