export const title = 'marching squares: the contour of blobs as line segments, saddles decided by the middle';

export default async function ({ GPUInterface, types, vec2, vec4, dim }) {
  const n = 14;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'field', size: [n + 1, n + 1] },
      { name: 'kind', size: [n, n] },
      { name: 'segments', size: [n, n, 2], type: 'vec4' },
    ],
    uniforms: { level: 0.8, a: vec2(2.6, 9.1), b: vec2(5.9, 12.5), c: vec2(7.8, 8.5) },
  }).initialize();
  const fill = await gpu.createKernel((inputs) => {
    function blob(centre = types.vec2) {
      const away = inputs.threadId.xy.minus(centre);
      return 2 / (1 + away.dot(away));
    }
    inputs.buffers.field[inputs.threadId.xy] = blob(inputs.uniforms.a) + blob(inputs.uniforms.b) + blob(inputs.uniforms.c);
  });
  const march = await gpu.createKernel((inputs) => {
    function at(dx = types.number, dy = types.number) {
      return inputs.buffers.field[inputs.threadId.x + dx][inputs.threadId.y + dy] - inputs.uniforms.level;
    }
    function cut(a = types.number, b = types.number) {
      return a / (a - b);
    }
    function emit(slot = types.number, from = types.vec2, to = types.vec2) {
      const cell = inputs.threadId.xy;
      inputs.buffers.segments[cell.x][cell.y][slot] = vec4(cell.plus(from), cell.plus(to));
    }
    const a = at(0, 0), b = at(1, 0), c = at(1, 1), d = at(0, 1);
    const top = vec2(cut(a, b), 0), right = vec2(1, cut(b, c)), bottom = vec2(cut(d, c), 1), left = vec2(0, cut(a, d));
    let kind = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (c > 0 ? 4 : 0) | (d > 0 ? 8 : 0);
    inputs.buffers.kind[inputs.threadId.x][inputs.threadId.y] = kind;
    // Whether the middle is on the side of a and c, so that they are one piece.
    const joined = a + b + c + d > 0 === a > 0;
    if (kind > 7) kind = 15 - kind;
    switch (kind) {
      case 0: break;
      case 1: emit(0, left, top); break;
      case 2: emit(0, top, right); break;
      case 3: emit(0, left, right); break;
      case 4: emit(0, right, bottom); break;
      case 5:
        emit(0, left, joined ? bottom : top);
        emit(1, right, joined ? top : bottom);
        break;
      case 6: emit(0, top, bottom); break;
      default: emit(0, bottom, left);
    }
  });
  fill.run(n + 1, n + 1);
  march.run(n, n);
  await gpu.readBuffer('kind');
  await gpu.readBuffer('segments', { relative: 1e-3, absolute: 1e-3 });
}
