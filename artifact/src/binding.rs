//! A compiled kernel: its code and how to bind data to it.
//!
//! WGSL addresses one bind group (group 0):
//!
//! | binding | what |
//! |---|---|
//! | 0 | [`Params`]: a uniform buffer with dynamic offset, one slot a dispatch |
//! | 1… | the storage buffers in [`Artifact::buffers`], each at its own `binding`, but the packed ones ([`Interface::packed`]) at one |
//! | next | the pixel store, where [`Artifact::canvas`] names it |
//! | last | what [`Wgsl::counted`] describes |
//!
//! Invocations differ along x in the thread index [`Artifact::lane_axis`]: see [`Artifact::invocation_axes`].
//!
//! WebAssembly finds all of this in one linear memory: see [`crate::MemoryLayout`].

use serde::{Deserialize, Serialize};

use crate::{Conditions, Interface, UniformType};

/// A compiled kernel, free of any device.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Artifact {
    /// What it was compiled for: sizes are constants in the code, and buffers and uniforms go by their positions.
    pub interface: Interface,
    /// The code: WebAssembly if the interface is on the CPU backend, else WGSL.
    pub code: Code,
    /// What the code for common runs relies on. Other runs take the code for all.
    pub common: Conditions,
    /// The buffers the kernel uses, and no others.
    pub buffers: Vec<BufferBinding>,
    /// The binding of the pixel store (`array<u32>`, one packed RGB a pixel, read_write), if the kernel paints.
    pub canvas: Option<u32>,
    /// What the uniform buffer at binding 0 holds.
    pub params: Params,
    /// Which thread index neighbouring invocations should differ in: 0, 1 or 2 for x, y or z.
    pub lane_axis: usize,
    /// The thread indices that the kernel reads.
    pub axes_used: [bool; 3],
    /// The kind of work that dominates the kernel, as far as its source tells.
    pub pattern: Pattern,
    /// What the compiler found out and chose, for people to read: a line each.
    pub explanation: String,
}

impl Artifact {
    /// Whether a tuned text takes what does not fit a dispatch along x from z, which the kernel leaves unused.
    pub fn folds(&self) -> bool {
        folds(self.lane_axis, self.axes_used)
    }

    /// From the axes of thread ids to those of a shader's invocations, and back: neighbours along x are what a GPU runs side by side,
    /// so the lane axis changes places with x.
    pub fn invocation_axes(&self, mut threads: [u32; 3]) -> [u32; 3] {
        threads.swap(0, self.lane_axis);
        threads
    }
}

/// [`Artifact::folds`] of what is not an artifact yet.
pub fn folds(lane_axis: usize, axes_used: [bool; 3]) -> bool {
    !axes_used[2] && lane_axis != 2
}

/// The kind of work that dominates a kernel, as far as its source tells. It decides the shape of workgroups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pattern {
    /// Memory: it has no loops, and touches each element a few times.
    Streaming,
    /// Loads in loops, which neighbours share.
    Gathering,
    /// Arithmetic: its loops touch no buffer.
    Computing,
}

/// The code that a device executes, with its variants.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Code {
    /// A shader, for GPUs.
    Wgsl(Wgsl),
    /// A WebAssembly module, for CPUs.
    Wasm(Wasm),
}

impl Code {
    /// The shader, if it is one.
    pub fn wgsl(&self) -> Option<&Wgsl> {
        match self {
            Self::Wgsl(code) => Some(code),
            Self::Wasm(_) => None,
        }
    }

    /// The WebAssembly, if it is that.
    pub fn wasm(&self) -> Option<&Wasm> {
        match self {
            Self::Wgsl(_) => None,
            Self::Wasm(code) => Some(code),
        }
    }

    /// The code for people to read.
    pub fn text(&self) -> &str {
        match self {
            Self::Wgsl(code) => &code.common,
            Self::Wasm(code) => &code.text,
        }
    }
}

/// A compute shader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Wgsl {
    /// The variant for runs that meet [`Artifact::common`]. Its entry point is [`Wgsl::ENTRY_POINT`].
    pub common: String,
    /// The variant for every run, with the same bindings; none where that is `common`.
    pub general: Option<String>,
    /// Whether every loop of the code provably ends, or counts its rounds itself, so that it may be compiled without a guard against loops that do not.
    pub loops_end: bool,
    /// When indices are in range: where the first of these hold for a run, bit 0 of the constant [`Wgsl::IN_RANGE_OVERRIDE`] of `common` and
    /// `tuned` may be set, which saves the checks of these indices; likewise the second and bit 1, and so on. At most 32.
    pub in_range: Vec<Conditions>,
    /// The variant that is fastest on large runs, with the same bindings; none where that is `common`.
    pub tuned: Option<Tuned>,
    /// What loops count that are not known to end, if there are any.
    pub counted: Option<Counted>,
}

/// Loops that are not known to end count their rounds, all of an invocation together. In the round that is one too many they tell, and are
/// left; then the invocation enters no further one, and those that have not begun yet do nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Counted {
    /// `@binding` of three words, read_write: the ticket of the last dispatch that had too many, the line in which a loop of the first one
    /// begins, and the ticket of the first one since the word was last `0xffff_ffff`, the least of all.
    pub binding: u32,
    /// Where the ticket of the dispatch lies in the params: a word that is not zero, and another one for each dispatch.
    pub ticket: u32,
    /// Whether [`Wgsl::common`] has such loops.
    pub common: bool,
    /// Whether [`Wgsl::general`] has.
    pub general: bool,
}

/// A variant that gives each invocation, or each workgroup, more to do at once than one thread's work.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tuned {
    /// The shader, right for the same runs as [`Wgsl::common`].
    pub text: String,
    /// How many threads an invocation computes.
    pub threads: u32,
    /// Along which axis of thread ids these are. Along the lane axis they are a workgroup's width apart, along others neighbours.
    pub axis: usize,
    /// The shape of the workgroups along the axes of invocations, where the text fixes it.
    pub shape: Option<WorkgroupShape>,
    /// How many threads a run must have for it to pay.
    pub min_run: u64,
}

impl Tuned {
    /// How many threads an invocation computes whose workgroup counts for itself: it adds what it has counted to memory once.
    pub const TALLIED: u32 = 32;

    /// Whether workgroups count for themselves. The larger they are, the fewer sums are added to memory.
    pub fn tallies(&self) -> bool {
        self.threads == Self::TALLIED
    }
}

impl Wgsl {
    /// The name of the compute entry point.
    pub const ENTRY_POINT: &'static str = "hpc__main";

    /// The names of the pipeline-overridable constants that set the workgroup size.
    pub const WORKGROUP_SIZE_OVERRIDES: [&'static str; 3] =
        ["hpc__workgroup_x", "hpc__workgroup_y", "hpc__workgroup_z"];

    /// The name of the pipeline-overridable constant that says which of [`Wgsl::in_range`] hold: a bit each.
    pub const IN_RANGE_OVERRIDE: &'static str = "hpc__inside";

    /// The name of the pipeline-overridable constant that says how many rounds an invocation may make in loops that are not known to end:
    /// all texts have it that have [`Wgsl::counted`].
    pub const LOOP_LIMIT_OVERRIDE: &'static str = "hpc__loop_limit";

    /// How many rounds that are if nobody says otherwise: enough for what ends, and so few that no watchdog of a driver is needed.
    pub const LOOP_LIMIT: u32 = 1 << 24;
}

/// WebAssembly with SIMD. [`crate::MemoryLayout`] says what its memory holds.
///
/// A module exports its memory, which it defines with exactly [`crate::MemoryLayout::pages`] (or, where buffers are resizable, with up to
/// [`crate::MemoryLayout::most_pages`]), and one function:
///
/// ```text
/// run(scratch: i64, lane_from: i32, lane_to: i32, row_from: i32, row_to: i32)
/// ```
///
/// It runs the invocations whose index along [`Artifact::lane_axis`] is in `lane_from..lane_to` and whose row is in `row_from..row_to`.
/// A *row* is all invocations that differ in that index only: the others, in the order x, y, z, are `row % n` and `row / n`, where `n` is
/// the extent of the first. The extents come from the params.
///
/// `scratch` is where this call may keep [`Wasm::scratch`] bytes: calls at the same time need different ones.
/// The function traps with `unreachable` if it finds the word at [`crate::MemoryLayout::CANCEL`] not zero, which it looks at before
/// each row and now and then in each loop that is not known to end soon. It also traps if loops that are not known to end make more rounds
/// for eight invocations than the words at [`crate::MemoryLayout::LOOP_LIMIT`] say; then the line of one is at
/// [`crate::MemoryLayout::ENDLESS`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Wasm {
    /// The module for runs that meet [`Artifact::common`].
    pub common: Vec<u8>,
    /// The module for every run; none where that is `common`.
    pub general: Option<Vec<u8>>,
    /// The kernel as it was translated, for people to read.
    pub text: String,
    /// How many bytes of scratch memory a call needs, a multiple of 16.
    pub scratch: u32,
    /// The resizable buffers that it uses, and where in the params it expects the word that tells where each starts, in multiples of
    /// [`crate::MemoryLayout::UNIT`].
    pub starts: Vec<(usize, u32)>,
}

impl Wasm {
    /// The name of the exported function.
    pub const ENTRY_POINT: &'static str = "run";
    /// The name of the exported memory.
    pub const MEMORY: &'static str = "memory";
    /// How many invocations are computed at once: rows are best cut at multiples of it.
    pub const LANES: u32 = 8;
}

/// One storage buffer of a kernel.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BufferBinding {
    /// Position in [`crate::Interface::buffers`].
    pub buffer: usize,
    /// `@binding` in the code.
    pub binding: u32,
    /// What the kernel does with it.
    pub access: Access,
}

/// How a kernel accesses a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Access {
    /// Only reads.
    Read,
    /// Writes, and perhaps reads.
    ReadWrite,
}

/// The layout of the uniform buffer at binding 0, in bytes.
///
/// It starts with a fixed head; the uniforms that the kernel uses follow. All words are little-endian.
///
/// | offset | type | what |
/// |---|---|---|
/// | 0 | `vec3<i32>` | the extents of the whole run |
/// | 12 | `u32` | first word of the run's random key |
/// | 16 | `vec3<i32>` | the first thread id of this dispatch |
/// | 28 | `u32` | second word of the run's random key |
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Params {
    /// Where each used uniform lies.
    pub uniforms: Vec<UniformField>,
    /// How many bytes one slot takes, a multiple of 16.
    pub size: u32,
    /// Whether the kernel draws random numbers, so that the key matters.
    pub random: bool,
}

impl Params {
    /// Where the extents lie.
    pub const EXTENTS_OFFSET: usize = 0;
    /// Where the first word of the random key lies.
    pub const KEY_0_OFFSET: usize = 12;
    /// Where the first thread id lies.
    pub const BASE_OFFSET: usize = 16;
    /// Where the second word of the random key lies.
    pub const KEY_1_OFFSET: usize = 28;
    /// The bytes of the head: the first uniform may start here.
    pub const HEAD_SIZE: u32 = 32;
}

/// Where one uniform lies in a slot, in one of its forms.
///
/// A vector takes consecutive words, but as doubles two words for each component, low word first. Arrays are padded to whole units of
/// 16 bytes: four words or two doubles each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UniformField {
    /// Position in [`crate::Interface::uniforms`].
    pub uniform: usize,
    /// How its numbers are written.
    pub form: Form,
    /// Byte offset in the slot.
    pub offset: u32,
}

/// How the numbers of a uniform are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Form {
    /// As singles, rounded.
    Single,
    /// As the integers of 32 bits that JavaScript's ToInt32 gives; a boolean is 0 or 1.
    Integer,
    /// As doubles.
    Double,
}

impl Form {
    /// How many bytes a uniform takes in this form.
    pub fn bytes(self, ty: UniformType) -> u32 {
        let words = ty.components() as u32 * if self == Self::Double { 2 } else { 1 };
        let is_padded = ty.is_array() || (self == Self::Double && ty.components() > 1);
        if is_padded { (4 * words).next_multiple_of(UNIT) } else { 4 * words }
    }

    /// The alignment of its offset, in bytes.
    pub fn alignment(self, ty: UniformType) -> u32 {
        match ty.components() {
            _ if ty.is_array() => UNIT,
            1 if self == Self::Double => 8,
            1 => 4,
            2 if self != Self::Double => 8,
            _ => UNIT,
        }
    }
}

/// Arrays in uniform buffers are made of units of so many bytes.
const UNIT: u32 = 16;

/// How many invocations a workgroup has along x, y and z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WorkgroupShape(pub [u32; 3]);
