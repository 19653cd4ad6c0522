//! How a run's threads are dealt out: which text of the kernel runs, which shape the workgroups have, and which dispatches cover the
//! extents.
//!
//! A run over `[x, y, z]` threads becomes one or more dispatches of workgroups. The groups may stick out of the
//! extents: the kernel does nothing where its thread id is not below them.
//!
//! All axes here are those of thread ids; [`Artifact::invocation_axes`] leads to those of a shader.

use artifact::{Artifact, Conditions, Pattern, Tuned, WorkgroupShape};

use crate::backend::{Capabilities, TunedRuns, Vendor};
use crate::uniforms::Numbers;

/// At most this many invocations a workgroup, unless it pays to have more: what every WebGPU device offers, and enough to fill a
/// compute unit.
const MAX_INVOCATIONS: u32 = 256;
/// How many invocations a workgroup has at most that counts for itself.
const MAX_TALLYING: u32 = 1024;
/// How many such workgroups a run has at least: two for each of the compute units of the largest devices, twice over.
const MIN_TALLYING_GROUPS: u64 = 512;
/// A run along one axis takes groups of [`MAX_INVOCATIONS`] from this length on; a shorter one is spread wider.
const LONG: u32 = 65_536;

/// How a run is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// Which of the kernel's texts.
    pub text: Text,
    /// Which of [`artifact::Wgsl::in_range`] hold for it, a bit each.
    pub in_range: u32,
    /// The shape of its workgroups.
    pub shape: WorkgroupShape,
}

/// Which of a kernel's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// The one for runs that meet [`Artifact::common`].
    Common,
    /// The one for all runs: [`artifact::Wgsl::general`], if it is not the same.
    General,
    /// The one that is fastest on large runs: [`artifact::Wgsl::tuned`].
    Tuned,
}

/// One dispatch: where its first thread is and how many workgroups it has along each axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dispatch {
    /// The first thread id.
    pub base: [u32; 3],
    /// Workgroups along x, y and z.
    pub groups: [u32; 3],
}

impl Dispatch {
    /// How many workgroups it has.
    pub fn group_count(&self) -> u64 {
        self.groups.iter().map(|&groups| u64::from(groups)).product()
    }
}

/// How a run is computed, and how it would be with uniforms of another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// How it is computed.
    pub variant: Variant,
    /// By the other one of the texts for common runs and for all, if there are two.
    pub other: Option<Variant>,
}

/// How a run over `extents` with these uniforms is computed.
pub fn choose(
    artifact: &Artifact,
    extents: [u32; 3],
    uniforms: &[Numbers],
    capabilities: &Capabilities,
) -> Choice {
    let common = || common(artifact, extents, uniforms, capabilities);
    let general = || general(artifact, extents, capabilities);
    let has_two = artifact.code.wgsl().is_some_and(|code| code.general.is_some());
    if holds(&artifact.common, extents, uniforms) {
        Choice { variant: common(), other: has_two.then(general) }
    } else {
        Choice { variant: general(), other: has_two.then(common) }
    }
}

/// How a kernel's first run will probably be computed: over the canvas it paints, or the largest buffer it uses, with these uniforms.
pub fn likely(artifact: &Artifact, uniforms: &[Numbers], capabilities: &Capabilities) -> Choice {
    choose(artifact, likely_extents(artifact), uniforms, capabilities)
}

/// The dispatches that compute a run over `extents`.
pub fn dispatches(
    artifact: &Artifact,
    extents: [u32; 3],
    variant: Variant,
    capabilities: &Capabilities,
) -> impl Iterator<Item = Dispatch> + Clone + use<> {
    let mut cover = variant.shape.0;
    let mut folds = false;
    if let Some(tuned) = tuned(artifact).filter(|_| variant.text == Text::Tuned) {
        cover[tuned.axis] *= tuned.threads;
        folds = artifact.folds();
    }
    let max = capabilities.max_workgroups;
    let folded = folds.then(|| fold(extents, cover, artifact.lane_axis, max)).flatten();
    let plain = folded.is_none().then(|| cut(extents, cover, max));
    folded.into_iter().chain(plain.into_iter().flatten())
}

/// How the dispatches of a run can be cut: how many threads a workgroup covers along each axis, and along which axis lanes go on in z.
#[derive(Clone, Copy, Debug)]
pub struct Cover {
    threads: [u32; 3],
    folded: Option<usize>,
}

impl Cover {
    /// That of a run.
    pub fn of(artifact: &Artifact, variant: Variant) -> Self {
        let mut threads = variant.shape.0;
        let tuned = tuned(artifact).filter(|_| variant.text == Text::Tuned);
        if let Some(tuned) = tuned {
            threads[tuned.axis] *= tuned.threads;
        }
        let folded = tuned.filter(|_| artifact.folds()).map(|_| artifact.lane_axis);
        Self { threads, folded }
    }

    /// Cuts off the first part of a dispatch, of so many workgroups or fewer, and one at least: a number of whole layers, rows or groups. What is
    /// left is one or more dispatches.
    pub fn first(self, mut dispatch: Dispatch, most: u64, left: &mut Vec<Dispatch>) -> Dispatch {
        for axis in [2, 1, 0] {
            let groups = dispatch.groups[axis];
            let each: u64 =
                (0..3).filter(|&other| other < axis).map(|other| u64::from(dispatch.groups[other])).product();
            let taken = (most / each.max(1)).clamp(1, u64::from(groups)) as u32;
            if taken < groups {
                left.push(self.behind(dispatch, axis, taken));
                dispatch.groups[axis] = taken;
            }
            if taken > 1 {
                break;
            }
        }
        dispatch
    }

    /// What comes behind so many workgroups along an axis.
    fn behind(self, mut dispatch: Dispatch, axis: usize, taken: u32) -> Dispatch {
        dispatch.groups[axis] -= taken;
        match self.folded.filter(|_| axis == 2) {
            Some(lanes) => dispatch.base[lanes] += taken * dispatch.groups[lanes] * self.threads[lanes],
            None => dispatch.base[axis] += taken * self.threads[axis],
        }
        dispatch
    }
}

fn likely_extents(artifact: &Artifact) -> [u32; 3] {
    let mut extents = [1; 3];
    if let (Some(_), Some(canvas)) = (artifact.canvas, artifact.interface.canvas) {
        [extents[0], extents[1]] = [canvas.width, canvas.height];
        return extents;
    }
    let buffers = artifact.buffers.iter().filter_map(|used| artifact.interface.buffers.get(used.buffer));
    if let Some(largest) = buffers.max_by_key(|buffer| buffer.element_count()) {
        extents.iter_mut().zip(&largest.size).for_each(|(extent, &size)| *extent = size);
    }
    extents
}

/// How a run that meets the conditions of the common text is computed.
fn common(
    artifact: &Artifact,
    extents: [u32; 3],
    uniforms: &[Numbers],
    capabilities: &Capabilities,
) -> Variant {
    let conditions = artifact.code.wgsl().map(|code| &code.in_range[..]).unwrap_or_default();
    let in_range = conditions
        .iter()
        .enumerate()
        .filter(|(_, conditions)| holds(conditions, extents, uniforms))
        .fold(0, |in_range, (bit, _)| in_range | 1 << bit);
    let shape = || workgroup_shape(extents, artifact, capabilities);
    let size: u64 = extents.into_iter().map(u64::from).product();
    // A text that takes lanes from z has no other use for it.
    let fits = extents[2] == 1 || !artifact.folds();
    let pays = |tuned: &Tuned| match capabilities.tuned {
        TunedRuns::Never => false,
        TunedRuns::Large => size >= tuned.min_run,
        TunedRuns::Always => true,
    };
    match tuned(artifact).filter(|tuned| fits && pays(tuned)) {
        Some(tuned) => {
            let fixed = tuned.shape.map(|shape| WorkgroupShape(artifact.invocation_axes(shape.0)));
            let wide = || {
                let shape = workgroup_shape(extents, artifact, capabilities);
                widened(shape, tuned, size, artifact, capabilities)
            };
            Variant { text: Text::Tuned, in_range, shape: fixed.unwrap_or_else(wide) }
        }
        None => Variant { text: Text::Common, in_range, shape: shape() },
    }
}

/// How any run is computed.
fn general(artifact: &Artifact, extents: [u32; 3], capabilities: &Capabilities) -> Variant {
    Variant { text: Text::General, in_range: 0, shape: workgroup_shape(extents, artifact, capabilities) }
}

fn holds(conditions: &Conditions, extents: [u32; 3], uniforms: &[Numbers]) -> bool {
    conditions.hold(extents, |uniform| uniforms.get(uniform).map(Numbers::as_slice).unwrap_or_default())
}

fn tuned(artifact: &Artifact) -> Option<&Tuned> {
    artifact.code.wgsl().and_then(|code| code.tuned.as_ref())
}

/// The workgroup shape for a run over `extents`.
///
/// Each size is a power of two within the device's limits, so that few shapes (each is a pipeline) serve all runs:
///
/// - The *lanes* go along the lane axis, or along the longest axis if that one is longer and the lane axis has fewer than
///   32 threads: a run over `[1, n]` is not one lane a group.
/// - A run along one axis has 64 lanes, from 65 536 threads on 256, unless it [`prefers_few`].
/// - Other runs have as many lanes and invocations as [`preferred`] says, and what the lanes leave goes to the axes the kernel uses, the
///   nearest to the lane axis first: `64 x 4 x 1`.
/// - No size is more than its extent, rounded up to a power of two.
fn workgroup_shape(extents: [u32; 3], artifact: &Artifact, capabilities: &Capabilities) -> WorkgroupShape {
    let (lane_axis, axes_used) = (artifact.lane_axis, artifact.axes_used);
    let longest = (0..3).max_by_key(|&axis| extents[axis]).unwrap_or(lane_axis);
    let lane_axis = if extents[lane_axis] < 32 { longest } else { lane_axis };
    let mut order = [0, 1, 2];
    let key = |axis: usize| (axis != lane_axis, !axes_used[axis], axis.abs_diff(lane_axis));
    // Three are sorted by hand: a sort would be kilobytes of what pages download.
    for at in [0, 1, 0] {
        if key(order[at + 1]) < key(order[at]) {
            order.swap(at, at + 1);
        }
    }

    let one_axis = (0..3).all(|axis| axis == lane_axis || extents[axis] == 1);
    let (lanes, invocations) = match one_axis {
        true if extents[lane_axis] < LONG || prefers_few(artifact.pattern, capabilities.vendor) => {
            (64, MAX_INVOCATIONS)
        }
        true => (MAX_INVOCATIONS, MAX_INVOCATIONS),
        false => preferred(artifact.pattern, capabilities.vendor),
    };
    let mut left = floor_power(capabilities.max_invocations.min(invocations));
    let limits = artifact.invocation_axes(capabilities.max_workgroup_size);
    let mut shape = [1; 3];
    for axis in order {
        let wanted = if axis == lane_axis { lanes } else { left };
        let limit = floor_power(limits[axis]);
        shape[axis] = wanted.min(left).min(limit).min(extents[axis].next_power_of_two());
        left /= shape[axis];
    }
    WorkgroupShape(shape)
}

/// The shape with more lanes where a workgroup counts for itself: the more it counts, the fewer sums are added to memory. On an H200 that is
/// worth a third of a histogram's speed, as long as there are enough workgroups for the device.
fn widened(
    shape: WorkgroupShape,
    tuned: &Tuned,
    size: u64,
    artifact: &Artifact,
    capabilities: &Capabilities,
) -> WorkgroupShape {
    let WorkgroupShape(mut widened) = shape;
    let invocations: u32 = widened.iter().product();
    let limits = artifact.invocation_axes(capabilities.max_workgroup_size);
    let most = floor_power(capabilities.max_invocations.min(MAX_TALLYING) / invocations);
    let lane = artifact.lane_axis;
    let groups_at_most = size / (u64::from(tuned.threads) * u64::from(invocations) * MIN_TALLYING_GROUPS);
    if capabilities.vendor == Vendor::Nvidia && tuned.tallies() && groups_at_most > 0 {
        let times = most.min(floor_power(u32::try_from(groups_at_most).unwrap_or(u32::MAX)));
        widened[lane] = (widened[lane] * times).min(floor_power(limits[lane]));
    }
    WorkgroupShape(widened)
}

/// Whether long runs along one axis are faster in small workgroups: loops that load go through rows of different lengths, and a workgroup is
/// as slow as the longest of its rows. On an H200 sums over rows were 0 to 33 % faster in groups of 64 than of 256.
fn prefers_few(pattern: Pattern, vendor: Vendor) -> bool {
    (pattern, vendor) == (Pattern::Gathering, Vendor::Nvidia)
}

/// How many lanes and how many invocations workgroups of more than one axis have: what was fastest where it was measured
/// (`docs/performance.md`).
///
/// - Streaming kernels want two full waves of the widest kind side by side.
/// - Loops that load share what they load, along both axes, in the cache of a compute unit: larger groups share more.
/// - Loops that only compute end at different rounds; in a square group neighbours end together more often.
fn preferred(pattern: Pattern, vendor: Vendor) -> (u32, u32) {
    match (pattern, vendor) {
        (Pattern::Gathering, Vendor::Nvidia) => (64, 512),
        (Pattern::Computing, Vendor::Nvidia | Vendor::Other) => (16, MAX_INVOCATIONS),
        _ => (64, MAX_INVOCATIONS),
    }
}

/// The largest power of two that is not above `value`; 1 for 0.
fn floor_power(value: u32) -> u32 {
    1 << value.max(1).ilog2()
}

/// The dispatches that together cover each thread of `extents` exactly once, none with more than `max_groups`
/// workgroups along an axis. A workgroup covers `cover` threads.
fn cut(extents: [u32; 3], cover: [u32; 3], max_groups: u32) -> impl Iterator<Item = Dispatch> + Clone {
    let along = move |axis: usize| chunks(extents[axis], cover[axis], max_groups);
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

/// One dispatch for a run that has too many workgroups along the lane axis only: they go on along z. A kernel that writes waits for itself
/// between dispatches, so one is faster than many.
fn fold(extents: [u32; 3], cover: [u32; 3], lane_axis: usize, max_groups: u32) -> Option<Dispatch> {
    let mut groups: [u32; 3] = std::array::from_fn(|axis| extents[axis].div_ceil(cover[axis]));
    let lanes = groups[lane_axis];
    groups[2] = lanes.div_ceil(max_groups);
    groups[lane_axis] = lanes.div_ceil(groups[2]);
    groups.iter().all(|&groups| groups <= max_groups).then_some(Dispatch { base: [0; 3], groups })
}

#[cfg(test)]
mod tests {
    use artifact::{Bound, Factor, Term, UniformPart};
    use proptest::prelude::*;

    use super::*;
    use crate::UniformValue;

    fn artifact(lane_axis: usize, axes_used: [bool; 3]) -> Artifact {
        Artifact {
            interface: artifact::Interface::default(),
            code: artifact::Code::Wgsl(artifact::Wgsl::default()),
            common: Conditions::default(),
            buffers: Vec::new(),
            canvas: None,
            params: artifact::Params { uniforms: Vec::new(), size: 32, random: false },
            lane_axis,
            axes_used,
            pattern: Pattern::Streaming,
            explanation: String::new(),
        }
    }

    fn with_tuned(mut artifact: Artifact, threads: u32, axis: usize) -> Artifact {
        let artifact::Code::Wgsl(code) = &mut artifact.code else { unreachable!("a shader") };
        code.tuned = Some(Tuned { text: String::new(), threads, axis, shape: None, min_run: 100 });
        artifact
    }

    fn small_device(max_workgroups: u32, max_invocations: u32, max_workgroup_size: [u32; 3]) -> Capabilities {
        Capabilities { max_workgroups, max_invocations, max_workgroup_size, ..Capabilities::unlimited() }
    }

    /// A run without uniforms.
    fn plan(
        artifact: &Artifact,
        extents: [u32; 3],
        capabilities: &Capabilities,
    ) -> (Variant, impl Iterator<Item = Dispatch> + use<>) {
        let variant = choose(artifact, extents, &[], capabilities).variant;
        (variant, dispatches(artifact, extents, variant, capabilities))
    }

    /// How often each thread is reached, guards included, by the formulas of the shaders' entry points, if dispatches are cut into parts of so many
    /// workgroups.
    fn coverage(artifact: &Artifact, extents: [u32; 3], capabilities: &Capabilities, most: u64) -> Vec<u32> {
        let (variant, dispatches) = plan(artifact, extents, capabilities);
        let cover = Cover::of(artifact, variant);
        let mut left: Vec<Dispatch> = dispatches.collect();
        let mut dispatches = Vec::new();
        while let Some(dispatch) = left.pop() {
            dispatches.push(cover.first(dispatch, most, &mut left));
        }
        assert!(dispatches.iter().all(|dispatch| dispatch.group_count() <= most));
        let tuned = tuned(artifact).filter(|_| variant.text == Text::Tuned);
        let mut steps = [1; 3];
        if let Some(tuned) = tuned {
            steps[tuned.axis] = tuned.threads;
        }
        let folds = tuned.is_some() && artifact.folds();
        let lane = artifact.lane_axis;
        let mut counts = vec![0; extents.iter().product::<u32>() as usize];
        for Dispatch { base, groups } in dispatches {
            assert!(groups.iter().all(|&groups| (1..=capabilities.max_workgroups).contains(&groups)));
            // Per axis, which threads each group covers; with a fold, groups of z are further groups of lanes.
            let mut counted = groups;
            if folds {
                counted[lane] *= groups[2];
                counted[2] = 1;
            }
            let along = |axis: usize| {
                let first = base[axis];
                (first..first + counted[axis] * variant.shape.0[axis] * steps[axis])
                    .take_while(move |&id| id < extents[axis])
            };
            for z in along(2) {
                for y in along(1) {
                    for x in along(0) {
                        counts[((z * extents[1] + y) * extents[0] + x) as usize] += 1;
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
            flat in any::<bool>(),
            lane_axis in 0_usize..3,
            axes_used in any::<[bool; 3]>(),
            tuned in proptest::option::of((1_u32..9, 0_usize..3)),
            max_workgroups in 1_u32..9,
            most in prop_oneof![1_u64..40, Just(u64::MAX)],
            max_invocations in 1_u32..2000,
            sizes in [1_u32..300, 1_u32..300, 1_u32..70],
        ) {
            let extents = if flat { [extents[0] * extents[1], 1, 1] } else { extents };
            let capabilities = small_device(max_workgroups, max_invocations, sizes);
            let plain = artifact(lane_axis, axes_used);
            let artifact = match tuned {
                Some((threads, axis)) if axis != 2 || lane_axis == 2 => with_tuned(plain, threads, axis),
                _ => plain,
            };
            let shape = choose(&artifact, extents, &[], &capabilities).variant.shape;
            prop_assert!(shape.0.iter().product::<u32>() <= max_invocations.min(256));
            let limits = artifact.invocation_axes(sizes);
            prop_assert!((0..3).all(|axis| shape.0[axis] <= limits[axis] && shape.0[axis].is_power_of_two()));
            prop_assert!(coverage(&artifact, extents, &capabilities, most).iter().all(|&count| count == 1));
        }
    }

    #[test]
    fn typical_runs_have_the_documented_shapes() {
        let shape_of = |extents, lane_axis, pattern, vendor| {
            let artifact = Artifact { pattern, ..artifact(lane_axis, [true; 3]) };
            let capabilities = Capabilities { vendor, ..small_device(65_535, 1024, [1024, 1024, 64]) };
            choose(&artifact, extents, &[], &capabilities).variant.shape.0
        };
        let shape = |extents, lane_axis| shape_of(extents, lane_axis, Pattern::Streaming, Vendor::Other);
        assert_eq!(shape([1 << 20, 1, 1], 0), [256, 1, 1]);
        assert_eq!(shape([1000, 1, 1], 0), [64, 1, 1]);
        assert_eq!(shape([3, 1, 1], 0), [4, 1, 1]);
        assert_eq!(shape([1, 5000, 1], 0), [1, 64, 1]);
        assert_eq!(shape([1024, 1024, 1], 0), [64, 4, 1]);
        assert_eq!(shape([1024, 1024, 1], 1), [4, 64, 1]);
        assert_eq!(shape([64, 64, 64], 2), [1, 4, 64]);
        assert_eq!(shape([16, 16, 1], 0), [16, 16, 1]);
        let square = [1024, 1024, 1];
        assert_eq!(shape_of(square, 1, Pattern::Gathering, Vendor::Nvidia), [8, 64, 1]);
        assert_eq!(shape_of([1 << 20, 1, 1], 0, Pattern::Gathering, Vendor::Nvidia), [64, 1, 1]);
        assert_eq!(shape_of([1 << 20, 1, 1], 0, Pattern::Gathering, Vendor::Other), [256, 1, 1]);
        assert_eq!(shape_of(square, 0, Pattern::Computing, Vendor::Nvidia), [16, 16, 1]);
        assert_eq!(shape_of(square, 0, Pattern::Computing, Vendor::Software), [64, 4, 1]);
    }

    #[test]
    fn tuned_texts_are_for_large_runs() {
        let artifact = with_tuned(artifact(0, [true, false, false]), 4, 0);
        let text = |size, tuned| {
            choose(&artifact, [size, 1, 1], &[], &Capabilities { tuned, ..Capabilities::unlimited() })
                .variant
                .text
        };
        assert_eq!(text(99, TunedRuns::Large), Text::Common);
        assert_eq!(text(100, TunedRuns::Large), Text::Tuned);
        assert_eq!(text(100, TunedRuns::Never), Text::Common);
        assert_eq!(text(1, TunedRuns::Always), Text::Tuned);
    }

    #[test]
    fn a_long_run_is_one_dispatch_of_a_tuned_text() {
        let artifact = with_tuned(artifact(0, [true, false, false]), 4, 0);
        let (_, dispatches) = plan(&artifact, [1 << 28, 1, 1], &Capabilities::unlimited());
        assert_eq!(dispatches.collect::<Vec<_>>(), [Dispatch { base: [0; 3], groups: [52429, 1, 5] }]);
    }

    #[test]
    fn the_longest_run_stays_within_the_integers() {
        let extents = [i32::MAX as u32, 1, 1];
        let (variant, dispatches) = plan(&artifact(0, [true; 3]), extents, &Capabilities::unlimited());
        let all: Vec<_> = dispatches.collect();
        let groups: u64 = all.iter().map(|dispatch| u64::from(dispatch.groups[0])).sum();
        assert_eq!(groups * u64::from(variant.shape.0[0]), 1 << 31);
        assert!(all.iter().all(|dispatch| dispatch.base[0] <= i32::MAX as u32));
    }

    fn bound(factor: Factor, limit: i64) -> Bound {
        Bound { terms: vec![Term { coefficient: 1, factors: vec![factor] }], limit }
    }

    /// A text for runs whose first uniform is an integer, one for all, and two conditions on the extents.
    fn with_conditions() -> Artifact {
        let mut artifact = artifact(0, [true, false, false]);
        artifact.common.integers = vec![UniformPart { uniform: 0, component: None }];
        let within =
            |limit| Conditions { bounds: vec![bound(Factor::Extent(0), limit)], ..Conditions::default() };
        let artifact::Code::Wgsl(code) = &mut artifact.code else { unreachable!("a shader") };
        code.general = Some(String::new());
        code.in_range = vec![within(100), within(10)];
        artifact
    }

    fn number(value: f64) -> [Numbers; 1] {
        [UniformValue::Number(value).into()]
    }

    #[test]
    fn conditions_choose_the_text_and_what_need_not_be_checked() {
        let capabilities = Capabilities::unlimited();
        let artifact = with_conditions();
        let chosen = |artifact: &Artifact, size, value| {
            let Choice { variant, .. } = choose(artifact, [size, 1, 1], &number(value), &capabilities);
            (variant.text, variant.in_range)
        };
        assert_eq!(chosen(&artifact, 10, 3.0), (Text::Common, 0b11));
        assert_eq!(chosen(&artifact, 11, 3.0), (Text::Common, 0b01));
        assert_eq!(chosen(&artifact, 101, 3.0), (Text::Common, 0b00));
        assert_eq!(chosen(&artifact, 10, 0.5), (Text::General, 0));
        let tuned = with_tuned(artifact, 4, 0);
        assert_eq!(chosen(&tuned, 100, 3.0), (Text::Tuned, 0b01));
        assert_eq!(chosen(&tuned, 100, -0.0), (Text::General, 0));
    }

    #[test]
    fn the_other_text_is_for_uniforms_of_another_kind() {
        let capabilities = Capabilities::unlimited();
        let texts = |artifact: &Artifact, value| {
            let Choice { variant, other } = likely(artifact, &number(value), &capabilities);
            (variant.text, other.map(|other| other.text))
        };
        let mut artifact = with_conditions();
        assert_eq!(texts(&artifact, 3.0), (Text::Common, Some(Text::General)));
        assert_eq!(texts(&artifact, 0.5), (Text::General, Some(Text::Common)));
        artifact.common = Conditions::default();
        let artifact::Code::Wgsl(code) = &mut artifact.code else { unreachable!("a shader") };
        code.general = None;
        assert_eq!(texts(&artifact, 0.5), (Text::Common, None));
    }
}
