export const title = '&&, || and ?: as statements, as minifiers write them';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function add(cell = types.number, value = types.number) {
        inputs.buffers.out[cell] += value;
      }
      const i = inputs.threadId.x;
      let x = 0;
      let y = 0;
      i > 1 && (x = 5);
      i > 2 || (x += 7);
      i % 2 ? (y = 1) : (y = 2);
      i > 3 && ((x *= 2), (y *= 3));
      i === 2 && add(i, 1000);
      i === 3 ? add(i, 2000) : add(i, 3000);
      i > 0 && i < 3 && x++;
      inputs.buffers.out[i] += x * 10 + y;
    },
    { out: 6 },
  );
}
