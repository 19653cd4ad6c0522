export const title = 'value noise of several octaves over an integer hash';

export default async function ({ check, types, vec2 }) {
  await check(
    (inputs) => {
      function hash(x = types.number, y = types.number) {
        let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263);
        h = Math.imul(h ^ (h >>> 13), 1274126177);
        return ((h ^ (h >>> 16)) & 65535) / 65536;
      }
      function mix(a = types.number, b = types.number, t = types.number) {
        return a + (b - a) * t;
      }
      function noise(p = types.vec2) {
        const cell = p.floor();
        const f = p.minus(cell);
        const s = f.times(f).times(vec2(3).minus(f.times(2)));
        const top = mix(hash(cell.x, cell.y), hash(cell.x + 1, cell.y), s.x);
        const bottom = mix(hash(cell.x, cell.y + 1), hash(cell.x + 1, cell.y + 1), s.x);
        return mix(top, bottom, s.y);
      }
      let sum = 0;
      let amplitude = 0.5;
      let p = inputs.threadId.xy.times(0.1875).plus(vec2(-3.3, 7.1));
      for (let octave = 0; octave < 4; octave++) {
        sum += amplitude * noise(p);
        amplitude *= 0.5;
        p = p.times(2);
      }
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y] = sum;
    },
    { out: { size: [20, 15] }, tolerance: { relative: 1e-4, absolute: 1e-4 } },
  );
}
