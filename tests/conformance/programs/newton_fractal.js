export const title = 'Newton iteration for z³ = 1 with complex quotients';

export default async function ({ check, array, vec2, vec3 }) {
  await check(
    (inputs) => {
      const roots = array([vec2(1, 0), vec2(-0.5, 0.8660254), vec2(-0.5, -0.8660254)]);
      let z = inputs.threadId.xy.minus(vec2(7.3, 5.2)).times(0.3);
      for (let k = 0; k < 12; k++) {
        const z2 = z.cplxTimes(z);
        z = z.minus(z2.cplxTimes(z).minus(vec2(1, 0)).cplxDiv(z2.times(3)));
      }
      let nearest = 0;
      for (let k = 1; k < 3; k++) if (z.dist(roots[k]) < z.dist(roots[nearest])) nearest = k;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y] = nearest;
    },
    { out: { size: [16, 11] }, tolerance: { relative: 0, absolute: 0, share: 0.95 } },
  );
}
