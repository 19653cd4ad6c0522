// A worker of the CPU engine in Node.

import { parentPort } from 'node:worker_threads';
import { serve } from '../esm/cpu/serve.js';

parentPort.once('message', serve);
