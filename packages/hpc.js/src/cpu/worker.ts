// The file that workers in pages load.

import type { Start } from './protocol.js';
import { serve } from './serve.js';

addEventListener('message', ({ data }: { data: Start }) => serve(data), { once: true });
