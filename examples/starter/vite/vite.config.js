import hpc from 'hpc.js/plugin';

// With these headers the CPU backend, which pages take that have no GPU, uses every core.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default {
  // Kernels are compiled while the application is built; a mistake in one fails the build.
  plugins: [hpc.vite()],
  base: './',
  optimizeDeps: { exclude: ['hpc.js'] },
  server: { headers },
  preview: { headers },
};
