import main, { title } from '../../../examples/js/functions.js';

export { title };
export const tolerance = 'transcendental';

export default () => main();
