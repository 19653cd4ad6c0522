export const title = 'days since 1970 to Gregorian dates and back, seconds since then too';

const DATES = [
  [1970, 1, 1, 0], [2000, 2, 29, 11016], [1999, 12, 31, 10956], [1600, 2, 29, -135081], [1, 1, 1, -719162], [0, 3, 1, -719468],
  [-4713, 11, 24, -2440588], [2038, 1, 19, 24855], [9999, 12, 31, 2932896], [275760, 9, 13, 100000000], [-271821, 4, 20, -100000000],
];

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'days', size: [DATES.length], initialData: Int32Array.from(DATES, ([, , , days]) => days) },
      { name: 'years', type: 'i32', size: [DATES.length] },
      { name: 'months', type: 'u8', size: [DATES.length] },
      { name: 'daysOfMonths', type: 'u8', size: [DATES.length] },
      { name: 'back', type: 'i32', size: [DATES.length] },
      { name: 'milliseconds', type: 'f64', size: [DATES.length] },
      { name: 'times', type: 'i32', size: [DATES.length, 4] },
    ],
  }).initialize();
  const toDates = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const z = (inputs.buffers.days[i] + 719468) | 0;
    const era = Math.floor(z / 146097);
    let doe = z % 146097;
    if (doe < 0) doe += 146097;
    const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
    const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
    const mp = Math.floor((5 * doy + 2) / 153);
    const month = mp < 10 ? mp + 3 : mp - 9;
    inputs.buffers.years[i] = yoe + era * 400 + (month <= 2 ? 1 : 0);
    inputs.buffers.months[i] = month;
    inputs.buffers.daysOfMonths[i] = doy - Math.floor((153 * mp + 2) / 5) + 1;
  });
  const toDays = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const month = inputs.buffers.months[i];
    const year = (inputs.buffers.years[i] - (month <= 2 ? 1 : 0)) | 0;
    const era = Math.floor(year / 400);
    const yoe = ((year % 400) + 400) % 400;
    const doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 | 0;
    const doe = yoe * 365 + (yoe >> 2) - (yoe / 100 | 0) + doy + inputs.buffers.daysOfMonths[i] - 1;
    inputs.buffers.back[i] = era * 146097 + doe - 719468;
    inputs.buffers.milliseconds[i] = (era * 146097 + doe - 719468) * 86400000 + 12345678;
  });
  const toTimes = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const t = inputs.buffers.milliseconds[i];
    const seconds = Math.floor(t / 1000);
    const clock = ((seconds % 86400) + 86400) % 86400;
    inputs.buffers.times[i][0] = Math.floor(seconds / 86400);
    inputs.buffers.times[i][1] = Math.floor(clock / 3600);
    inputs.buffers.times[i][2] = Math.floor(clock / 60) % 60;
    inputs.buffers.times[i][3] = clock % 60;
  });
  for (const kernel of [toDates, toDays, toTimes]) kernel.run(DATES.length);
  await gpu.expect('years', DATES.map(([year]) => year), 'exact');
  await gpu.expect('months', DATES.map(([, month]) => month), 'exact');
  await gpu.expect('daysOfMonths', DATES.map(([, , day]) => day), 'exact');
  await gpu.expect('back', DATES.map(([, , , days]) => days), 'exact');
  await gpu.expect('milliseconds', DATES.map(([, , , days]) => days * 86400000 + 12345678), 'exact');
  await gpu.expect('times', DATES.flatMap(([, , , days]) => [days, 3, 25, 45]), 'exact');
}
