export const title = 'arrays are values: assignment copies, elements do not share';

export default async function ({ check, array, vec2 }) {
  await check(
    (inputs) => {
      let a = array([1, 2, 3]);
      let b = a;
      b[0] = 10;
      const c = b;
      b[1] = 20;
      a = array([7, 8, 9]);
      a[2] = 90;
      b = a;
      a[0] = 70;
      let v = vec2(1, 2);
      let points = array([v, v]);
      v.x = 5;
      points[0].y = 6;
      let p = points[1];
      p.x = 9;
      points[0] = points[1];
      points[1].x = 11;
      inputs.buffers.out[0] = a[0] + a[2];
      inputs.buffers.out[1] = b[0] + b[2];
      inputs.buffers.out[2] = c[0] + c[1];
      inputs.buffers.out[3] = points[0].x * 10 + points[0].y;
      inputs.buffers.out[4] = points[1].x * 10 + points[1].y;
      inputs.buffers.out[5] = v.x + p.x;
    },
    { out: 6, run: [1], expect: [160, 97, 12, 12, 112, 14] },
  );
}
