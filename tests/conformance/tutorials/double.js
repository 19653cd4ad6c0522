export const title = 'the tutorial program double';

import double from '../../../examples/js/double.js';

export default async function () {
  await double();
}
