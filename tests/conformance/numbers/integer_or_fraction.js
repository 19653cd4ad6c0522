export const title = 'a variable that starts as a whole number may become a fraction';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function half(x = types.number) {
        return x / 2;
      }
      const i = inputs.threadId.x;
      let a = 0;
      a += 0.5;
      let b = 1;
      if (i > 1) b = 0.25;
      let c = i;
      for (let k = 0; k < 3; k++) c = c / 2;
      let d = 0;
      for (let x = 0; x < 1; x += 0.125) d++;
      let e = i;
      e = half(e);
      let f = 3;
      f = Math.sqrt(f + 1) + Math.floor(f / 2);
      let g = 10;
      g -= inputs.buffers.x[i];
      const h = Math.floor(inputs.buffers.x[i]) + 1;
      inputs.buffers.out[8 * i] = a;
      inputs.buffers.out[8 * i + 1] = b;
      inputs.buffers.out[8 * i + 2] = c;
      inputs.buffers.out[8 * i + 3] = d;
      inputs.buffers.out[8 * i + 4] = e;
      inputs.buffers.out[8 * i + 5] = f;
      inputs.buffers.out[8 * i + 6] = g;
      inputs.buffers.out[8 * i + 7] = h;
    },
    { out: 32, run: [4], buffers: { x: [0.5, -1.25, 1000.75, 3] } },
  );
}
