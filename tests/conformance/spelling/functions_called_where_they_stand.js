export const title = 'a minifier writes the only call of a function as a call of a function expression';

export default async function ({ check }) {
  await check(() => {}, {
    out: 4,
    source: `t=>{const n=t.threadId.x;t.buffers.out[n]=function(t=e.types.vec2,n=e.types.number){return t.times(n)}((0,e.vec2)(n,1),3).x+function(n=e.types.number){let r=0;for(let t=0;t<n;t++)r+=t;return r}(n)}`,
    expect: [0, 3, 7, 12],
  });
  // One that gives nothing, as a statement.
  await check(() => {}, {
    out: 4,
    source: `t=>{!function(n=e.types.number){t.buffers.out[t.threadId.x]=n}(t.threadId.x+2);const r=t.threadId.x;r>1&&function(n=e.types.number){t.buffers.out[t.threadId.x]+=n}(10)}`,
    expect: [2, 3, 14, 15],
  });
}
