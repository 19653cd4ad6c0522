//! W4: bodies that attract each other, every pair of them; bound by arithmetic.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::numbers;
use benches::ours::{Output, Program};
use hpc::GpuInterface;
use rayon::prelude::*;

use super::{Target, Terms, Workload};
use crate::contest::Who;
use crate::peers::Loops;

const KERNEL: &str = "inputs => {
    const i = inputs.threadId.x;
    const me = inputs.buffers.bodies[i];
    let force = vec3(0, 0, 0);
    for (let j = 0; j < dim(inputs.buffers.bodies); j++) {
        const other = inputs.buffers.bodies[j];
        const d = other.xyz.minus(me.xyz);
        const inverse = 1 / Math.sqrt(d.dot(d) + 0.01);
        force = force.plus(d.times(other.w * inverse * inverse * inverse));
    }
    inputs.buffers.velocities[i] = inputs.buffers.velocities[i].plus(force.times(0.001));
}";
const STEPS: u32 = 5;

pub(super) fn workload(scale: Scale) -> Workload {
    let count = scale.pick(8192, 256);
    let floats = numbers(count * 4, 0);
    let bodies: Vec<[f32; 4]> = floats.as_chunks().0.to_vec();
    let velocities = vec![[0.0; 3]; bodies.len()];
    let builder =
        GpuInterface::builder().zeros::<[f32; 4]>("bodies", count).zeros::<[f32; 3]>("velocities", count);
    Workload {
        terms: Terms {
            title: format!("W4 n-body {count} ×{STEPS}"),
            peer_words: format!("bodies {count} {STEPS}"),
            // Sums of thousands of terms, in any order.
            accuracy: Accuracy { tolerance: 1e-3, share: 0.0 },
            targets: vec![Target::Ratio(0.16, Who::Rayon)],
        },
        program: Program {
            builder,
            kernels: vec![KERNEL.to_owned()],
            extents: [count, 1, 1],
            runs: STEPS,
            inputs: vec![("velocities", numbers_of_zero(count).into()), ("bodies", floats.into())],
            output: Output::Vectors("velocities"),
        },
        loops: Loops::pair(State { bodies, velocities }, STEPS, [one_thread, rayon], |state| {
            state.velocities.as_flattened().to_vec()
        }),
    }
}

/// Vectors of three zeros as a buffer holds them.
fn numbers_of_zero(count: u32) -> Vec<f32> {
    vec![0.0; count as usize * 4]
}

#[derive(Clone)]
struct State {
    /// Place and mass.
    bodies: Vec<[f32; 4]>,
    velocities: Vec<[f32; 3]>,
}

fn one_thread(State { bodies, velocities }: &mut State) {
    velocities.iter_mut().enumerate().for_each(|(i, velocity)| pull(bodies, i, velocity));
}

fn rayon(State { bodies, velocities }: &mut State) {
    velocities.par_iter_mut().enumerate().for_each(|(i, velocity)| pull(bodies, i, velocity));
}

/// What all bodies do to the velocity of body `i`.
fn pull(bodies: &[[f32; 4]], i: usize, velocity: &mut [f32; 3]) {
    let me = bodies[i];
    let mut force = [0.0; 3];
    for other in bodies {
        let d = [other[0] - me[0], other[1] - me[1], other[2] - me[2]];
        let inverse = 1.0 / (d[0] * d[0] + d[1] * d[1] + d[2] * d[2] + 0.01).sqrt();
        let strength = other[3] * inverse * inverse * inverse;
        force[0] += d[0] * strength;
        force[1] += d[1] * strength;
        force[2] += d[2] * strength;
    }
    for axis in 0..3 {
        velocity[axis] += force[axis] * 0.001;
    }
}
