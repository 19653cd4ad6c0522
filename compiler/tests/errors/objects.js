(inputs) => {
  function pick(a) {
    if (a.age > 1) {
      return 1;
    }
    return a;
  }
  function half(a) {
    if (a.age > 1) {
      return a;
    }
  }
  const { bodies, data } = inputs.buffers;
  const i = inputs.threadId.x;
  const p = bodies[i];
  p.age = 3;
  p.position.x += 1;
  bodies[i].agee = 1;
  bodies.age = 1;
  bodies[i] = { position: p.position, age: 1 };
  bodies[i] = { position: p.position, age: 1, trail: p.trail, colour: 2 };
  bodies[i] = 3;
  bodies[i] = { position: 1, age: 1, trail: p.trail };
  data[i] = bodies[i];
  data[i] = bodies[i] + 1;
  data[i] = p[0];
  if (p === bodies[0]) {
    data[i] = 1;
  }
  let o = { get x() { return 1; } };
  let q = { [i]: 1 };
  let r = { ...data };
  data[i] = pick(p);
  const h = half(p);
  let list = array([{ x: 1 }, { y: 2 }]);
  switch (i) {
    case 0:
      let s = bodies[0];
  }
  var t = 1;
  var t = bodies[1];
  bodies = p;
  bodies[i].position.z = 1;
  dim(bodies[i]);
  let w = i > 1 ? bodies[0] : 1;
}
