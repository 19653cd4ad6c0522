export const title = 'whole kernels as terser writes them';

export default async function ({ check, vec2 }) {
  await check(() => {}, {
    out: 6,
    source: `n=>{var r=n.threadId.x,e=0,f=r;for(;;){if(0===f)break;f%2?e+=f:e-=f,f--}3<r&&(e*=10),5===r||(e+=.5),n.buffers.out[r]=e}`,
    expect: [0.5, 1.5, -0.5, 2.5, -19.5, 30],
  });
  await check(() => {}, {
    out: 4,
    source: `function(t){function n(t=types.number){if(t<2)return 1;for(var n=1,r=2;r<=t;)n*=r++;return n}var r,o=t.threadId.x;for(r=0,t.buffers.out[o]=0;r<=o;r++)t.buffers.out[o]+=n(r)}`,
    expect: [1, 2, 4, 10],
  });
  await check(() => {}, {
    out: 5,
    source: `t=>{const n=t.threadId.x;if(2===n)return void(t.buffers.out[n]=-1);let r=0,e=!1;do{r+=n,e=!e}while(e&&r<3||r<n*n);t.buffers.out[n]=e?r:1e3-r}`,
    expect: [1000, 998, -1, 9, 984],
  });
  await check(() => {}, {
    out: 4,
    source: `t=>{let n=t.threadId.x,r;switch(n){case 0:r=1;break;case 1:r=2;default:r=void 0===n?7:(r=5,r+n)}t.buffers.out[n]=r,n>2&&t.buffers.out[n]++}`,
    expect: [1, 6, 7, 9],
  });
}
