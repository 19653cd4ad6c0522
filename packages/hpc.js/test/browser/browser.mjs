// Pages of a real browser, whose WebGPU is computed by SwiftShader.

import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const EXECUTABLE = process.env.HPC_CHROMIUM ?? '/usr/bin/chromium';
// All of the browser's drawing is done by SwiftShader, or it could not show what WebGPU has drawn.
const FLAGS = [
  '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--use-gl=angle', '--use-angle=swiftshader', '--enable-features=Vulkan',
  '--use-vulkan=swiftshader', '--ignore-gpu-blocklist', '--enable-gpu-rasterization',
];

const sites = { isolated: await serve(), plain: await serve({ isIsolated: false }) };
after(() => Object.values(sites).forEach((site) => site.close()));

// A browser for a file of tests.
export async function launch() {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  after(() => browser.close());
  return browser;
}

// A page that can import hpc.js; what goes wrong in it unnoticed is in `page.faults`. Isolated ones can share memory with workers.
export async function openPage(browser, { path = '/packages/hpc.js/test/browser/page.html', isIsolated = true } = {}) {
  const page = await browser.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && page.faults.push(message.text()));
  await page.goto((isIsolated ? sites.isolated : sites.plain).url + path);
  return page;
}
