import main, { title } from '../../../examples/js/double.js';

export { title };

export default main;
