// Chromium on the built site, for the tests.

import { chromium } from 'playwright-core';
import { serve } from '../scripts/serve.mjs';

/** WebGPU without a GPU; the second row lets the compositor show what WebGPU paints, so that screenshots have it. */
const FLAGS = [
  '--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan', '--use-vulkan=swiftshader', '--use-angle=swiftshader', '--ignore-gpu-blocklist', '--enable-unsafe-swiftshader',
];

/** The site and a browser that shows it; `end` closes both. */
export async function openSite() {
  const { server, url } = await serve();
  const browser = await chromium.launch({ executablePath: process.env.HPC_CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  const end = async () => {
    await browser.close();
    server.close();
  };
  return { url, browser, end };
}

/** A page that remembers what went wrong in it. */
export async function newPage(browser, options = {}) {
  const page = await browser.newPage(options);
  const faults = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('requestfailed', (request) => faults.push(`request: ${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
  return { page, faults };
}
