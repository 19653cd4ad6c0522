import main, { title } from '../../../examples/js/even_odd.js';

export { title };

export default () => main();
