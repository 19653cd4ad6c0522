// An interface as a member of a class.

import GPUInterface from 'hpc.js';

export const title = 'An interface in a class';

// #region class
class Doubler {
  // No annotation: its type, with the names of the buffers, is inferred.
  #gpu = new GPUInterface({ buffers: [{ name: 'numbers', size: [4] }] });
  #double;

  // A constructor cannot wait, so another method does.
  async initialize() {
    await this.#gpu.initialize();
    this.#double = await this.#gpu.createKernel((inputs) => {
      inputs.buffers.numbers[inputs.threadId.x] *= 2;
    });
    return this;
  }

  doubled(numbers) {
    this.#gpu.writeBuffer('numbers', numbers);
    this.#double.run(4);
    return this.#gpu.readBuffer('numbers');
  }

  destroy() {
    this.#gpu.destroy();
  }
}
// #endregion class

export default async function main() {
  const doubler = await new Doubler().initialize();
  const results = await Promise.all([doubler.doubled([1, 2, 3, 4]), doubler.doubled([5, 6, 7, 8])]);
  doubler.destroy();
  return results;
}
