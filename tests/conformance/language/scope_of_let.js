export const title = 'let and const live in their block and may shadow outer names of another type';

export default async function ({ check, vec2 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let a = 1;
      {
        let a = vec2(10, 20);
        a.x += i;
        {
          const a = i > 1;
          if (a) inputs.buffers.out[i] += 1000;
        }
        inputs.buffers.out[i] += a.x + a.y;
      }
      for (let a = 0; a < 3; a++) {
        let b = a;
        b += 1;
        inputs.buffers.out[i] += b * 100000;
      }
      if (i === 0) {
        let a = 5;
        a++;
      } else {
        a += 100;
      }
      inputs.buffers.out[i] += a;
    },
    { out: 4 },
  );
}
