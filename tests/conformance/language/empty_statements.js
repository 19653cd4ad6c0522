export const title = 'empty statements, blocks, comments and directives change nothing';

export default async function ({ check }) {
  await check(
    (inputs) => {
      'use strict';
      ;;
      {}
      // a line
      /* a
         block */
      {
        ;
        {
          inputs.buffers.out[/* here */ inputs.threadId.x] = 7; // there
        }
      }
      if (inputs.threadId.x > 1);
      else inputs.buffers.out[inputs.threadId.x] += 1;
    },
    { out: 3 },
  );
}
