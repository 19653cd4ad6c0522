export const title = 'prices of options by Black and Scholes, and by Newton the volatility from the price';

export default async function ({ GPUInterface, types, vec2 }) {
  const n = 60;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'spot', size: [n], initialData: Array.from({ length: n }, (_, i) => 80 + ((i * 17) % 41)) },
      { name: 'years', size: [n], initialData: Array.from({ length: n }, (_, i) => 0.25 * (1 + (i % 8))) },
      { name: 'prices', size: [n], type: 'vec2' },
      { name: 'implied', size: [n] },
    ],
    uniforms: { strike: 100, rate: 0.03, volatility: 0.25 },
  }).initialize();
  const price = await gpu.createKernel((inputs) => {
    // Abramowitz and Stegun, 26.2.17.
    function normal(x = types.number) {
      const t = 1 / (1 + 0.2316419 * Math.abs(x));
      const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
      const tail = (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) * series;
      return x < 0 ? tail : 1 - tail;
    }
    const spot = inputs.buffers.spot[inputs.threadId.x];
    const years = inputs.buffers.years[inputs.threadId.x];
    const spread = inputs.uniforms.volatility * Math.sqrt(years);
    const d1 = (Math.log(spot / inputs.uniforms.strike) + inputs.uniforms.rate * years) / spread + spread / 2;
    const d2 = d1 - spread;
    const discounted = inputs.uniforms.strike * Math.exp(-inputs.uniforms.rate * years);
    const call = spot * normal(d1) - discounted * normal(d2);
    inputs.buffers.prices[inputs.threadId.x] = vec2(call, call - spot + discounted);
  });
  const implied = await gpu.createKernel((inputs) => {
    function density(x = types.number) {
      return Math.exp((x * x) / -2) / Math.sqrt(2 * Math.PI);
    }
    function normal(x = types.number) {
      const t = 1 / (1 + 0.2316419 * Math.abs(x));
      const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
      return x < 0 ? density(x) * series : 1 - density(x) * series;
    }
    const i = inputs.threadId.x;
    const spot = inputs.buffers.spot[i];
    const root = Math.sqrt(inputs.buffers.years[i]);
    const discounted = inputs.uniforms.strike * Math.exp(-inputs.uniforms.rate * inputs.buffers.years[i]);
    let sigma = 0.4;
    let rounds = 0;
    do {
      const d1 = Math.log(spot / discounted) / (sigma * root) + (sigma * root) / 2;
      const miss = spot * normal(d1) - discounted * normal(d1 - sigma * root) - inputs.buffers.prices[i].x;
      sigma -= miss / (spot * density(d1) * root);
    } while (++rounds < 6);
    inputs.buffers.implied[i] = sigma;
  });
  price.run(n);
  implied.run(n);
  await gpu.readBuffer('prices', { relative: 1e-3, absolute: 2e-3 });
  await gpu.readBuffer('implied', { relative: 1e-3, absolute: 1e-3 });
}
