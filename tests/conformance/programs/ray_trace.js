export const title = 'spheres and a triangle by ray tracing, with shadows and mirrors';

export default async function ({ GPUInterface, canvas, types, dim, vec2, vec3, vec4 }) {
  const [w, h] = [24, 18];
  // Centres and radii; colours, and how much they mirror.
  const spheres = [vec4(0, 0, 5, 1), vec4(-2, 0.4, 6, 1.4), vec4(1.8, -0.3, 4.2, 0.7), vec4(0, -101, 5, 100)];
  const materials = [
    vec4(1, 0.2, 0.2, 0.3), vec4(0.2, 0.6, 1, 0.5), vec4(0.9, 0.9, 0.3, 0), vec4(0.5, 0.5, 0.5, 0.1), vec4(0.2, 0.9, 0.4, 0),
  ];
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'spheres', size: [4], initialData: spheres },
      { name: 'materials', size: [5], initialData: materials },
      { name: 'triangle', size: [3], initialData: [vec3(-1, 1.5, 7.5), vec3(3, 1, 8), vec3(1.5, 3.5, 8)] },
      { name: 'hits', size: [w, h], type: 'vec2' },
    ],
    uniforms: { light: vec3(-4, 6, 0), bounces: 3 },
    canvas: canvas(w, h),
  }).initialize();
  const trace = await gpu.createKernel((inputs) => {
    function sphere(i = types.number, origin = types.vec3, direction = types.vec3) {
      const away = origin.minus(inputs.buffers.spheres[i].xyz);
      const b = away.dot(direction);
      const discriminant = b * b - away.dot(away) + inputs.buffers.spheres[i].w ** 2;
      if (discriminant < 0) return -1;
      const near = -b - Math.sqrt(discriminant);
      return near > 0.001 ? near : -b + Math.sqrt(discriminant);
    }
    // Möller and Trumbore.
    function triangle(origin = types.vec3, direction = types.vec3) {
      const a = inputs.buffers.triangle[0];
      const ab = inputs.buffers.triangle[1].minus(a);
      const ac = inputs.buffers.triangle[2].minus(a);
      const p = direction.cross(ac);
      const determinant = ab.dot(p);
      if (Math.abs(determinant) < 1e-6) return -1;
      const t = origin.minus(a);
      const u = t.dot(p) / determinant;
      const q = t.cross(ab);
      const v = direction.dot(q) / determinant;
      return u < 0 || v < 0 || u + v > 1 ? -1 : ac.dot(q) / determinant;
    }
    // What is hit first, and how far away; −1 if nothing is.
    function nearest(origin = types.vec3, direction = types.vec3) {
      let hit = vec2(-1, 1e9);
      for (let i = 0; i < dim(inputs.buffers.spheres); i++) {
        const distance = sphere(i, origin, direction);
        if (distance > 0.001 && distance < hit.y) hit = vec2(i, distance);
      }
      const distance = triangle(origin, direction);
      if (distance > 0.001 && distance < hit.y) hit = vec2(dim(inputs.buffers.spheres), distance);
      return hit;
    }
    function normalAt(what = types.number, point = types.vec3, direction = types.vec3) {
      if (what < dim(inputs.buffers.spheres)) return point.minus(inputs.buffers.spheres[what].xyz).normalized();
      const a = inputs.buffers.triangle[0];
      const n = inputs.buffers.triangle[1].minus(a).cross(inputs.buffers.triangle[2].minus(a)).normalized();
      return n.dot(direction) > 0 ? n.times(-1) : n;
    }
    const pixel = inputs.threadId.xy;
    const screen = pixel.plus(vec2(0.5)).minus(inputs.canvas.size.div(2)).div(inputs.canvas.size.y);
    let origin = vec3(0, 0.5, 0);
    let direction = vec3(screen.x, -screen.y, 1).normalized();
    let color = vec3(0);
    let weight = 1;
    for (let bounce = 0; bounce < inputs.uniforms.bounces && weight > 0.01; bounce++) {
      const hit = nearest(origin, direction);
      if (bounce === 0) inputs.buffers.hits[pixel] = hit;
      if (hit.x < 0) {
        color = color.plus(vec3(0.4, 0.6, 0.9).times(weight * (0.5 + 0.5 * direction.y)));
        break;
      }
      const material = inputs.buffers.materials[hit.x];
      const point = origin.plus(direction.times(hit.y));
      const normal = normalAt(hit.x, point, direction);
      const toLight = inputs.uniforms.light.minus(point);
      const shadow = nearest(point, toLight.normalized());
      const isLit = shadow.x < 0 || shadow.y > toLight.length();
      const brightness = 0.1 + (isLit ? 0.9 * Math.max(0, normal.dot(toLight.normalized())) : 0);
      color = color.plus(material.xyz.times(brightness * weight * (1 - material.w)));
      weight *= material.w;
      direction = direction.minus(normal.times(2 * direction.dot(normal)));
      origin = point;
    }
    inputs.canvas.setPixel(pixel, color.min(vec3(1)).times(255));
  });
  trace.run(w, h);
  gpu.updateCanvas();
  await gpu.readBuffer('hits', { relative: 1e-3, absolute: 1e-3, share: 0.98 });
  await gpu.readCanvas({ relative: 0, absolute: 3, share: 0.97 });
}
