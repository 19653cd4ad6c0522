export const title = "buffers['name'] and uniforms['name'] with a literal name";

export default async function ({ check }) {
  await check(
    (inputs) => {
      inputs['buffers']['out'][inputs['threadId']['x']] = inputs.buffers['a'][inputs.threadId.x] * inputs.uniforms['k'];
    },
    { out: 3, buffers: { a: [1, 2, 3] }, uniforms: { k: 4 } },
  );
}
