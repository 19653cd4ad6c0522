export const title = 'the hues of a picture turned: RGB to HSV and back';

export default async function ({ GPUInterface, canvas, types, vec3 }) {
  const n = 16;
  const picture = Array.from({ length: n }, (_, x) => Array.from({ length: n }, (_, y) => vec3(x * 17, y * 17, (x * y * 5) % 256)));
  const gpu = await new GPUInterface({
    buffers: [{ name: 'picture', size: [n, n], initialData: picture }, { name: 'turned', size: [n, n], type: 'vec3' }],
    uniforms: { degrees: 100, vividness: 1.25 },
    canvas: canvas(n, n),
  }).initialize();
  const turn = await gpu.createKernel((inputs) => {
    function toHsv(rgb = types.vec3) {
      const most = Math.max(rgb.x, rgb.y, rgb.z);
      const range = most - Math.min(rgb.x, rgb.y, rgb.z);
      if (range === 0) return vec3(0, 0, most);
      let hue = 0;
      if (most === rgb.x) hue = ((rgb.y - rgb.z) / range) % 6;
      else if (most === rgb.y) hue = (rgb.z - rgb.x) / range + 2;
      else hue = (rgb.x - rgb.y) / range + 4;
      return vec3(60 * hue, range / most, most);
    }
    function channel(n = types.number, hsv = types.vec3) {
      const k = (n + hsv.x / 60) % 6;
      return hsv.z - hsv.z * hsv.y * Math.max(0, Math.min(k, 4 - k, 1));
    }
    const pixel = inputs.threadId.xy;
    let hsv = toHsv(inputs.buffers.picture[pixel].div(255));
    hsv.x = (hsv.x + inputs.uniforms.degrees + 360) % 360;
    hsv.y = Math.min(1, hsv.y * inputs.uniforms.vividness);
    const rgb = vec3(channel(5, hsv), channel(3, hsv), channel(1, hsv));
    inputs.buffers.turned[pixel] = rgb;
    inputs.canvas.setPixel(pixel, rgb.times(255).round());
  });
  for (const degrees of [100, -75]) {
    gpu.setUniforms({ degrees });
    turn.run(n, n);
    gpu.updateCanvas();
    await gpu.readBuffer('turned', { relative: 1e-4, absolute: 1e-5 });
    await gpu.readCanvas({ relative: 0, absolute: 1 });
  }
}
