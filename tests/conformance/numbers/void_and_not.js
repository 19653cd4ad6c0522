export const title = '!0, !1 and void 0 as minifiers write them';

export default async function ({ check }) {
  await check(() => {}, {
    out: 3,
    source: `n=>{var t=n.threadId.x,o=!0,e=!1;o&&(n.buffers.out[t]=1),e||(n.buffers.out[t]+=10),!0===o&&t>1&&(n.buffers.out[t]+=100)}`,
    expect: [11, 11, 111],
  });
}
