// The site: what is in its menus, and how its pages are built.

import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const GUIDE = [
  {
    text: 'Introduction',
    items: [
      { text: 'Getting started', link: '/start' },
      { text: 'Kernels, threads, queue', link: '/gpu' },
      { text: 'How fast is it?', link: '/performance' },
    ],
  },
  {
    text: 'Tutorials',
    items: [
      { text: 'The first program', link: '/tutorials/first' },
      { text: 'The Julia set', link: '/tutorials/julia' },
      { text: 'Heat under the mouse', link: '/tutorials/heat' },
      { text: 'Bouncing balls', link: '/tutorials/balls' },
    ],
  },
  {
    text: 'Best practices',
    items: [
      { text: 'Asynchronous execution', link: '/practices/asynchronous' },
      { text: 'Race conditions', link: '/practices/races' },
      { text: 'Even-odd buffering', link: '/practices/even-odd' },
      { text: 'Interfaces in classes', link: '/practices/classes' },
      { text: 'Your own renderer', link: '/practices/renderers' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'The interface', link: '/reference/interface' },
      { text: 'The kernel language', link: '/reference/language' },
      { text: 'Numbers', link: '/reference/numbers' },
      { text: 'Errors', link: '/errors/' },
      { text: 'Accuracy on the CPU', link: '/reference/accuracy' },
    ],
  },
];

export default defineConfig({
  title: 'HPC.js',
  description: 'Write a GPU kernel as an ordinary JavaScript function and run it with a handful of calls.',
  cleanUrls: true,
  srcExclude: ['reference/api/**'],
  head: [['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }]],
  themeConfig: {
    logo: '/icon.svg',
    nav: [
      { text: 'Guide', link: '/start', activeMatch: '^/(start|gpu|tutorials|practices|performance)' },
      { text: 'Reference', link: '/reference/interface', activeMatch: '^/(reference|errors)' },
      { text: 'Playground', link: '/playground' },
    ],
    sidebar: GUIDE,
    outline: 'deep',
    search: { provider: 'local' },
    footer: { message: 'MIT or Apache 2.0, as you like.' },
  },
  markdown: { theme: { light: 'github-light', dark: 'github-dark' }, languageAlias: { mjs: 'js' } },
  vite: {
    worker: { format: 'es' },
    server: { headers: isolation(), fs: { allow: ['../..'] } },
    build: { chunkSizeWarningLimit: 5000, target: 'es2022' },
  },
});

/** Shared memory is for pages that are alone in their process. */
function isolation(): Record<string, string> {
  return JSON.parse(readFileSync(new URL('../scripts/headers.json', import.meta.url), 'utf8'));
}
