// The worker that compiles for WebGPU.

import { gpu } from './gpu.js';
import { serve } from './serve.js';

addEventListener('message', ({ data }: { data: MessagePort }) => serve(data, async () => gpu, { warmsUp: true }), { once: true });
