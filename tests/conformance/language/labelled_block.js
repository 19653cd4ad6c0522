export const title = 'break leaves a labelled block, if or switch';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let result = 0;
      block: {
        result = 1;
        if (i === 0) break block;
        result = 2;
        inner: {
          if (i === 1) break inner;
          if (i === 2) break block;
          result = 3;
        }
        result += 10;
      }
      choose: if (i > 1) {
        if (i === 3) break choose;
        result += 100;
      }
      loop: for (let j = 0; j < 4; j++) {
        switch (j) {
          case 1:
            continue loop;
          case 3:
            if (i === 4) break loop;
            result += 1000;
        }
        result += 10000;
      }
      inputs.buffers.out[i] = result;
    },
    { out: 6 },
  );
}
