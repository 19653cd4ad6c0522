// Shows pictures on a canvas with WebGPU. The runtime calls it, as the same calls from Rust would be far more to download.

import { contextOf, type Screen } from '../screen.js';

/** A triangle that covers the screen, each pixel of which takes its colour from the buffer. */
const SHADER = `
override width: u32;

@group(0) @binding(0) var<storage, read> pixels: array<u32>;

@vertex
fn cover(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4f {
    return vec4f(f32(corner & 1u) * 4.0 - 1.0, f32(corner >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn color(@builtin(position) position: vec4f) -> @location(0) vec4f {
    let pixel = vec2u(position.xy);
    return vec4f(unpack4x8unorm(pixels[pixel.y * width + pixel.x]).rgb, 1.0);
}
`;

/** A canvas, and the buffer that holds its picture. */
export class GpuScreen {
  readonly #device: GpuDevice;
  readonly #canvas: Screen;
  readonly #context: GpuCanvasContext;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #format = (navigator as unknown as { gpu: Gpu }).gpu.getPreferredCanvasFormat();
  readonly #pipeline: GpuPipeline;
  readonly #bindGroup: object;

  /** Takes hold of the canvas for good; `pixels` holds a picture of this size. Throws if the canvas cannot be had. */
  constructor(device: GpuDevice, canvas: Screen, pixels: object, width: number, height: number) {
    this.#context = contextOf(canvas, 'webgpu') as GpuCanvasContext;
    this.#device = device;
    this.#canvas = canvas;
    this.#size = { width, height };
    this.#configure();
    const module = device.createShaderModule({ label: 'canvas', code: SHADER });
    this.#pipeline = device.createRenderPipeline({
      label: 'canvas',
      layout: 'auto',
      vertex: { module, entryPoint: 'cover' },
      fragment: { module, entryPoint: 'color', constants: { width }, targets: [{ format: this.#format }] },
    });
    const layout = this.#pipeline.getBindGroupLayout(0);
    this.#bindGroup = device.createBindGroup({ label: 'canvas', layout, entries: [{ binding: 0, resource: { buffer: pixels } }] });
  }

  /** Draws the picture as what was submitted before leaves it, in the same turn, so that a page shows both or neither. Throws if there is nothing to draw on any more. */
  draw(): void {
    this.#device.queue.submit([this.#encode()]);
  }

  #encode(): object {
    const view = this.#texture().createView();
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginRenderPass({ label: 'canvas', colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }] });
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#bindGroup);
    pass.draw(3);
    pass.end();
    return encoder.finish();
  }

  /** What is shown next. The size is the interface's: a page that has changed it gets it back, as it does the configuration. */
  #texture(): GpuTexture {
    const { width, height } = this.#canvas;
    if (width !== this.#size.width || height !== this.#size.height) {
      this.#configure();
    }
    try {
      return this.#context.getCurrentTexture();
    } catch {
      this.#configure();
      return this.#context.getCurrentTexture();
    }
  }

  #configure(): void {
    Object.assign(this.#canvas, this.#size);
    this.#context.configure({ device: this.#device, format: this.#format });
  }
}

// What is used of WebGPU.

interface Gpu {
  getPreferredCanvasFormat(): string;
}

interface GpuDevice {
  readonly queue: { submit(buffers: readonly object[]): void };
  createShaderModule(descriptor: object): object;
  createRenderPipeline(descriptor: object): GpuPipeline;
  createBindGroup(descriptor: object): object;
  createCommandEncoder(): { beginRenderPass(descriptor: object): GpuPass; finish(): object };
}

interface GpuPipeline {
  getBindGroupLayout(index: number): object;
}

interface GpuPass {
  setPipeline(pipeline: GpuPipeline): void;
  setBindGroup(index: number, group: object): void;
  draw(vertices: number): void;
  end(): void;
}

interface GpuCanvasContext {
  configure(configuration: object): void;
  getCurrentTexture(): GpuTexture;
}

interface GpuTexture {
  createView(): object;
}
