// The worker of the quick compilers. It holds nothing of the full one, so that it starts soon.

import { quickCompilers } from './quick.js';
import { serve } from './serve.js';

addEventListener('message', ({ data }: { data: MessagePort }) => serve(data, quickCompilers({ warmsUp: true })), { once: true });
