import { launch, openPage } from '../test/browser/browser.mjs';
const browser = await launch();
for (let i = 0; i < 6; i++) {
  const page = await openPage(browser);
  console.log(JSON.stringify(await page.evaluate(async (i) => {
    const code = `
      const t0 = performance.now();
      const { gpu } = await import(${JSON.stringify(location.origin)} + '/packages/hpc.js/esm/compiler/gpu.js');
      const t1 = performance.now();
      await gpu.load();
      const t2 = performance.now();
      ${'gpu.warmUp(); const t3 = performance.now(); gpu.warmUp(); const t4 = performance.now(); for (let i=0;i<20;i++) gpu.warmUp();'}
      const t5 = performance.now();
      postMessage({ start: performance.timeOrigin, import: t1-t0, load: t2-t1, warm: t3-t2, again: t4-t3, twenty: (t5-t4)/20 });
    `;
    const began = performance.timeOrigin + performance.now();
    const w = new Worker(URL.createObjectURL(new Blob([code], {type:'text/javascript'})), {type:'module'});
    return new Promise(r => w.onmessage = ({data}) => { data.start -= began; for (const k in data) data[k] = +data[k].toFixed(1); data.total = +(performance.timeOrigin+performance.now()-began).toFixed(1); r(data); });
  }, i)));
  await page.close();
}
process.exit();
