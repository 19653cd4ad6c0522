//! How a run's threads are dealt out: which shape the workgroups have and which dispatches cover the extents.
//!
//! A run over `[x, y, z]` threads becomes one or more dispatches of workgroups. The groups may stick out of the
//! extents: the kernel returns at once where its thread id (`base + global_invocation_id`) is not below them.

use artifact::WorkgroupShape;

use crate::backend::Capabilities;

/// At most this many invocations a workgroup: what every WebGPU device offers, and enough to fill a compute unit.
const MAX_INVOCATIONS: u32 = 256;
/// So many neighbours lie along the lane axis, where the run is long enough: two full waves of the widest kind.
const LANES: u32 = 64;
/// A run along one axis takes groups of [`MAX_INVOCATIONS`] from this length on; a shorter one is spread wider.
const LONG: u32 = 65_536;

/// One dispatch: where its first thread is and how many workgroups it has along each axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dispatch {
    /// The first thread id.
    pub base: [u32; 3],
    /// Workgroups along x, y and z.
    pub groups: [u32; 3],
}

/// The workgroup shape for a run over `extents`.
///
/// Each size is a power of two within the device's limits, so that few shapes (each is a pipeline) serve all runs:
///
/// - The *lanes* go along `lane_axis`, or along the longest axis if that one is longer and `lane_axis` has fewer than
///   32 threads: a run over `[1, n]` is not one lane a group.
/// - A run along one axis has 64 lanes, from 65 536 threads on 256.
/// - Other runs have 64 lanes, and what is left of 256 invocations goes to the axes the kernel uses, the nearest to
///   the lane axis first: `64 x 4 x 1`.
/// - No size is more than its extent, rounded up to a power of two.
pub fn workgroup_shape(
    extents: [u32; 3],
    lane_axis: usize,
    axes_used: [bool; 3],
    capabilities: &Capabilities,
) -> WorkgroupShape {
    let longest = (0..3).max_by_key(|&axis| extents[axis]).unwrap_or(lane_axis);
    let lane_axis = if extents[lane_axis] < 32 { longest } else { lane_axis };
    let mut order = [0, 1, 2];
    order.sort_by_key(|&axis| (axis != lane_axis, !axes_used[axis], axis.abs_diff(lane_axis)));

    let one_axis = (0..3).all(|axis| axis == lane_axis || extents[axis] == 1);
    let lanes = if one_axis && extents[lane_axis] >= LONG { MAX_INVOCATIONS } else { LANES };
    let mut left = floor_power(capabilities.max_invocations.min(MAX_INVOCATIONS));
    let mut shape = [1; 3];
    for axis in order {
        let wanted = if axis == lane_axis { lanes } else { left };
        let limit = floor_power(capabilities.max_workgroup_size[axis]);
        shape[axis] = wanted.min(left).min(limit).min(extents[axis].next_power_of_two());
        left /= shape[axis];
    }
    WorkgroupShape(shape)
}

/// The largest power of two that is not above `value`; 1 for 0.
fn floor_power(value: u32) -> u32 {
    1 << value.max(1).ilog2()
}

/// The dispatches that together cover each thread of `extents` exactly once, none with more than `max_groups`
/// workgroups along an axis.
pub fn dispatches(
    extents: [u32; 3],
    shape: WorkgroupShape,
    max_groups: u32,
) -> impl Iterator<Item = Dispatch> + Clone {
    let along = move |axis: usize| chunks(extents[axis], shape.0[axis], max_groups);
    along(2).flat_map(move |(z, deep)| {
        along(1).flat_map(move |(y, high)| {
            along(0).map(move |(x, wide)| Dispatch { base: [x, y, z], groups: [wide, high, deep] })
        })
    })
}

/// Cuts one axis into `(first thread, workgroups)`.
fn chunks(extent: u32, size: u32, max_groups: u32) -> impl Iterator<Item = (u32, u32)> + Clone {
    let groups = extent.div_ceil(size);
    (0..groups)
        .step_by(max_groups as usize)
        .map(move |first| (first * size, (groups - first).min(max_groups)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn small_device(max_workgroups: u32, max_invocations: u32, max_workgroup_size: [u32; 3]) -> Capabilities {
        Capabilities { max_workgroups, max_invocations, max_workgroup_size, ..Capabilities::unlimited() }
    }

    /// How often each thread is reached, guards included.
    fn coverage(extents: [u32; 3], shape: WorkgroupShape, max_groups: u32) -> Vec<u32> {
        let [width, height, depth] = extents.map(|extent| extent as usize);
        let mut counts = vec![0; width * height * depth];
        for Dispatch { base, groups } in dispatches(extents, shape, max_groups) {
            let end = |axis: usize| (base[axis] + groups[axis] * shape.0[axis]).min(extents[axis]) as usize;
            for z in base[2] as usize..end(2) {
                for y in base[1] as usize..end(1) {
                    for x in base[0] as usize..end(0) {
                        counts[(z * height + y) * width + x] += 1;
                    }
                }
            }
        }
        counts
    }

    proptest! {
        #[test]
        fn every_thread_is_covered_exactly_once(
            extents in [1_u32..70, 1_u32..70, 1_u32..20],
            lane_axis in 0_usize..3,
            axes_used in any::<[bool; 3]>(),
            max_workgroups in 1_u32..9,
            max_invocations in 1_u32..2000,
            sizes in [1_u32..300, 1_u32..300, 1_u32..70],
        ) {
            let capabilities = small_device(max_workgroups, max_invocations, sizes);
            let shape = workgroup_shape(extents, lane_axis, axes_used, &capabilities);
            prop_assert!(shape.0.iter().product::<u32>() <= max_invocations.min(256));
            prop_assert!((0..3).all(|axis| shape.0[axis] <= sizes[axis] && shape.0[axis].is_power_of_two()));
            for dispatch in dispatches(extents, shape, max_workgroups) {
                prop_assert!(dispatch.groups.iter().all(|&groups| (1..=max_workgroups).contains(&groups)));
            }
            prop_assert!(coverage(extents, shape, max_workgroups).iter().all(|&count| count == 1));
        }
    }

    #[test]
    fn typical_runs_have_the_documented_shapes() {
        let shape = |extents, lane_axis| {
            workgroup_shape(extents, lane_axis, [true; 3], &small_device(65_535, 1024, [1024, 1024, 64])).0
        };
        assert_eq!(shape([1 << 20, 1, 1], 0), [256, 1, 1]);
        assert_eq!(shape([1000, 1, 1], 0), [64, 1, 1]);
        assert_eq!(shape([3, 1, 1], 0), [4, 1, 1]);
        assert_eq!(shape([1, 5000, 1], 0), [1, 64, 1]);
        assert_eq!(shape([1024, 1024, 1], 0), [64, 4, 1]);
        assert_eq!(shape([1024, 1024, 1], 1), [4, 64, 1]);
        assert_eq!(shape([64, 64, 64], 2), [1, 4, 64]);
        assert_eq!(shape([16, 16, 1], 0), [16, 16, 1]);
    }

    #[test]
    fn the_longest_run_stays_within_the_integers() {
        let extents = [i32::MAX as u32, 1, 1];
        let shape = workgroup_shape(extents, 0, [true; 3], &Capabilities::unlimited());
        let all: Vec<_> = dispatches(extents, shape, 65_535).collect();
        let groups: u64 = all.iter().map(|dispatch| u64::from(dispatch.groups[0])).sum();
        assert_eq!(groups * u64::from(shape.0[0]), 1 << 31);
        assert!(all.iter().all(|dispatch| dispatch.base[0] <= i32::MAX as u32));
    }
}
