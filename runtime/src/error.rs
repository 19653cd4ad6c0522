//! What can go wrong, as one enum: each message names the offending item and says how to mend it.

use artifact::{Component, ElementType, MAX_EXTENT, RESERVED_PREFIX, UniformType};

use crate::uniforms::MAX_UNIFORM_LENGTH;

/// Everything the runtime refuses or fails at. A refused call leaves all state as it was.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No buffer has this name.
    #[error("there is no buffer {name:?}; {}", known("buffers", name, .declared))]
    UnknownBuffer {
        /// The name that was asked for.
        name: String,
        /// The names there are.
        declared: Vec<String>,
    },
    /// No uniform has this name.
    #[error("there is no uniform {name:?}; {}", known("uniforms", name, .declared))]
    UnknownUniform {
        /// The name that was asked for.
        name: String,
        /// The names there are.
        declared: Vec<String>,
    },
    /// A uniform was set to a value of another type than its first one.
    #[error(
        "the uniform {name:?} is {} and was set to {}; set it to {0}, the type of its first value",
        with_article(*.expected), with_article(*.given)
    )]
    UniformType {
        /// The uniform.
        name: String,
        /// Its type.
        expected: UniformType,
        /// The type of the value given.
        given: UniformType,
    },
    /// An array of no numbers, or of more than a uniform holds.
    #[error(
        "the uniform {name:?} cannot be an array of {length} numbers: give 1 to {MAX_UNIFORM_LENGTH}, or use a buffer"
    )]
    UniformLength {
        /// The uniform.
        name: String,
        /// How many there are.
        length: u64,
    },
    /// An array of elements that uniforms do not have.
    #[error("the uniform {name:?} cannot be an array of {}: use u8", .component.name())]
    UniformComponent {
        /// The uniform.
        name: String,
        /// What the elements are.
        component: Component,
    },
    /// Elements of one type were given or asked for where the buffer holds another.
    #[error(
        "the buffer {name:?} holds elements of type {}, not {}; use {0} here{}",
        .expected.name(), .given.name(), in_rust(*.expected, *.given)
    )]
    TypeMismatch {
        /// The buffer.
        name: String,
        /// What it holds.
        expected: ElementType,
        /// What was given or asked for.
        given: ElementType,
    },
    /// Too few or too many elements for the buffer.
    #[error(
        "the buffer {name:?} of size {size:?} holds {expected} elements of type {}, but {given} were given; give exactly as many",
        .element.name()
    )]
    SizeMismatch {
        /// The buffer.
        name: String,
        /// Its extents.
        size: Vec<u32>,
        /// The type of its elements.
        element: ElementType,
        /// How many elements it holds.
        expected: u64,
        /// How many were given.
        given: u64,
    },
    /// Bytes that are no whole elements of the buffer.
    #[error(
        "the buffer {name:?} holds elements of type {}, which take {} bytes each, but {bytes} bytes were given; give whole elements",
        .element.name(), .element.bytes()
    )]
    BrokenElement {
        /// The buffer.
        name: String,
        /// The type of its elements.
        element: ElementType,
        /// How many bytes were given.
        bytes: u64,
    },
    /// Elements were asked for that the buffer does not have, or none at all.
    #[error(
        "cannot read the elements {start} to {end} of {name:?}: give a start below the end, and an end of at most {count}"
    )]
    InvalidRange {
        /// The buffer.
        name: String,
        /// The first element asked for.
        start: u64,
        /// The element after the last one.
        end: u64,
        /// How many elements it has.
        count: u64,
    },
    /// Elements were to be written or copied that a buffer does not have, or none at all.
    #[error(
        "there are no elements {start} to {end} of {name:?}: give a start below the end, and an end of at most {count}"
    )]
    OutsideBuffer {
        /// The buffer.
        name: String,
        /// The first element.
        start: u64,
        /// The element after the last one.
        end: u64,
        /// How many elements it has.
        count: u64,
    },
    /// Some small elements were to be written or copied that are no whole words of 32 bits.
    #[error(
        "the elements {start} to {end} of {name:?} are no whole words of 4 bytes, and devices copy nothing else: \
         begin at a multiple of {each}, and end at one or where the buffer ends"
    )]
    BrokenWord {
        /// The buffer.
        name: String,
        /// The first element.
        start: u64,
        /// The element after the last one.
        end: u64,
        /// How many elements a word has.
        each: u64,
    },
    /// A part of a buffer was to be copied to the same buffer.
    #[error("cannot copy a part of {name:?} to itself: copy it to another buffer first")]
    CopyToItself {
        /// The buffer.
        name: String,
    },
    /// A buffer whose size is a constant of kernels was to be resized.
    #[error(
        "the buffer {name:?} has a fixed size: declare it as resizable, or create it when the interface is there"
    )]
    NotResizable {
        /// The buffer.
        name: String,
    },
    /// A buffer was to get another number of dimensions.
    #[error(
        "the buffer {name:?} of size {size:?} cannot get size {given:?}: kernels index it by its number of dimensions, \
         so give as many extents, or create another buffer"
    )]
    OtherRank {
        /// The buffer.
        name: String,
        /// Its extents.
        size: Vec<u32>,
        /// Those asked for.
        given: Vec<u32>,
    },
    /// A kernel was run after a buffer that it uses was destroyed.
    #[error(
        "the kernel uses the buffer {name:?}, which was destroyed: create one of the same name, type and number of \
         dimensions, or another kernel"
    )]
    BufferGone {
        /// The buffer.
        name: String,
    },
    /// A list was replayed after a buffer that it uses was resized or destroyed.
    #[error(
        "{name:?} was resized or destroyed after the list was recorded, which holds sizes: record it again"
    )]
    OutdatedList {
        /// The buffer.
        name: String,
    },
    /// Two buffers cannot be copied onto each other.
    #[error(
        "cannot copy {source_name:?} (size {source_size:?}, {}) to {destination:?} (size {destination_size:?}, {}): \
         make sizes and element types the same",
        .source_element.name(), .destination_element.name()
    )]
    CopyMismatch {
        /// The buffer to copy from.
        source_name: String,
        /// Its extents.
        source_size: Vec<u32>,
        /// Its element type.
        source_element: ElementType,
        /// The buffer to copy to.
        destination: String,
        /// Its extents.
        destination_size: Vec<u32>,
        /// Its element type.
        destination_element: ElementType,
    },
    /// A run over no threads, or over more than can be counted.
    #[error(
        "cannot run over {extents:?} threads: each extent must be 1 to {MAX_EXTENT}, and so must their product"
    )]
    InvalidExtent {
        /// The extents asked for along x, y and z.
        extents: [u32; 3],
    },
    /// A buffer with an extent of zero, too many dimensions or too many elements.
    #[error(
        "the buffer {name:?} cannot have size {size:?}: give one to three extents of at least 1, \
         at most {MAX_EXTENT} elements in all"
    )]
    InvalidSize {
        /// The buffer.
        name: String,
        /// The extents asked for.
        size: Vec<u32>,
    },
    /// A canvas without pixels, or with too many.
    #[error(
        "a canvas cannot be {width} x {height} pixels: both must be at least 1, at most {MAX_EXTENT} pixels in all"
    )]
    InvalidCanvas {
        /// Columns asked for.
        width: u32,
        /// Rows asked for.
        height: u32,
    },
    /// Two buffers or two uniforms have the same name.
    #[error("two {kind}s are called {name:?}; rename one")]
    DuplicateName {
        /// Whether it names a buffer or a uniform.
        kind: NameKind,
        /// The name.
        name: String,
    },
    /// A name that a kernel could not write, or that is reserved.
    #[error(
        "a {kind} cannot be called {name:?}: use letters, digits, _ and $, no digit first, and not {RESERVED_PREFIX} in front"
    )]
    InvalidName {
        /// Whether it names a buffer or a uniform.
        kind: NameKind,
        /// The name.
        name: String,
    },
    /// A canvas is needed and none was declared.
    #[error("there is no canvas; declare one with canvas(width, height) when building the interface")]
    NoCanvas,
    /// The canvas cannot be drawn on.
    #[error("the canvas cannot be drawn on ({reason}); give one whose getContext nobody else has called")]
    ScreenTaken {
        /// What the browser says.
        reason: String,
    },
    /// The adapter cannot hold a buffer this large.
    #[error(
        "{what} takes {bytes} bytes, but {adapter} allows {limit} bytes a buffer; make it smaller, split it, or ask for the backend cpu"
    )]
    BufferTooLarge {
        /// The buffer or canvas.
        what: String,
        /// How large it is.
        bytes: u64,
        /// How large the adapter lets it be.
        limit: u64,
        /// The adapter's name.
        adapter: String,
    },
    /// The kernel uses more buffers at once than the adapter can bind.
    #[error(
        "the kernel uses {needed} buffers (the canvas counts as one), but {adapter} can bind {available}; \
         use fewer, or put several arrays into one buffer"
    )]
    NotEnoughBindings {
        /// How many the kernel uses.
        needed: u32,
        /// How many the adapter allows.
        available: u32,
        /// The adapter's name.
        adapter: String,
    },
    /// The kernel's uniforms together are too large.
    #[error("the kernel's uniforms take {bytes} bytes, but {adapter} allows {limit}; put some into a buffer")]
    UniformsTooLarge {
        /// How many bytes they take.
        bytes: u32,
        /// How many are allowed.
        limit: u32,
        /// The adapter's name.
        adapter: String,
    },
    /// The artifact was compiled for another interface.
    #[error("the artifact does not fit this interface: {reason}; compile it for this interface")]
    ArtifactMismatch {
        /// What does not fit.
        reason: String,
    },
    /// The device is gone: reset, unplugged or hung.
    #[error("the device was lost ({reason}); build a new interface")]
    DeviceLost {
        /// What the driver says.
        reason: String,
    },
    /// The device has no memory left.
    #[error("the device is out of memory ({what}); use smaller buffers")]
    OutOfMemory {
        /// What it was needed for.
        what: String,
    },
    /// There is no memory for what is written or read. Only that call failed, and everything else goes on.
    #[error("there is no memory for {bytes} bytes of {what}; free some, or write and read less at once")]
    NoMemory {
        /// The buffer or canvas.
        what: String,
        /// How many bytes there is no memory for.
        bytes: u64,
    },
    /// A loop of a kernel that is not known to end went on for too long, so its run was stopped. What it writes is undefined, and everything
    /// else goes on.
    #[error(
        "{kernel} was stopped: the loop in line {line} of it had not ended when an invocation had made {limit} rounds; give it a condition \
         under which it ends, or allow more by the option loopLimit"
    )]
    LoopLimit {
        /// The kernel's name, or its number.
        kernel: String,
        /// The line of its text in which the loop begins, counted from 1.
        line: u32,
        /// How many rounds an invocation may make in loops that are not known to end.
        limit: u32,
    },
    /// There is no adapter, or none that was asked for.
    #[error("{}", no_adapter(.wanted.as_deref(), .found))]
    NoAdapter {
        /// The name or index asked for, if any.
        wanted: Option<String>,
        /// The adapters there are.
        found: Vec<String>,
    },
    /// The adapter gave no device.
    #[error("{adapter} gave no device: {reason}")]
    NoDevice {
        /// The adapter's name.
        adapter: String,
        /// What the driver says.
        reason: String,
    },
    /// What was asked for of tuned texts does not exist.
    #[error("there is no way to tune called {name:?}; use never, large or always")]
    UnknownTuned {
        /// The name given.
        name: String,
    },
    /// The backend asked for does not exist.
    #[error("the backend {name:?} {reason}; use gpu, cpu or noop")]
    NoBackend {
        /// The name asked for.
        name: String,
        /// Why it cannot be used.
        reason: &'static str,
    },
    /// The CPU backend of a page cannot start.
    #[error(
        "the CPU backend cannot start: {reason}; it needs workers, which a Content-Security-Policy can forbid (worker-src)"
    )]
    NoWorkers {
        /// What the browser says.
        reason: String,
    },
    /// A call that gives something back, or a recording or a replay, within a recording.
    #[error("{call} cannot be recorded: call it after `replay`")]
    Unrecordable {
        /// What was called.
        call: &'static str,
    },
    /// A recording within a recording, or while another thread records.
    #[error("a recording is under way; end it before another one begins")]
    AlreadyRecording,
    /// Two attempts at once to bring a session back on a new device.
    #[error("the interface is being recovered already; await that")]
    AlreadyRecovering,
    /// The buffers are too large together for a checkpoint.
    #[error(
        "the buffers take {bytes} bytes, and a checkpoint takes {limit} at most; read what you need by yourself"
    )]
    CheckpointTooLarge {
        /// How many bytes they take.
        bytes: u64,
        /// How many a checkpoint takes.
        limit: u64,
    },
    /// A profile while another one is made.
    #[error("a profile is being made; stop it before another one begins")]
    AlreadyProfiling,
    /// A profile in a page, whose clock is coarse on purpose.
    #[error("profiles cannot be made in a page; use the tools of the browser")]
    NoProfiles,
    /// The interface was dropped or destroyed.
    #[error("the interface was dropped or destroyed; build a new one")]
    Dropped,
    /// A mistake of ours.
    #[error("internal error: {what}; please report it with the text below\n{details}")]
    Internal {
        /// What happened.
        what: String,
        /// What we need to find the cause.
        details: String,
    },
}

/// What a name was meant to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A buffer.
    Buffer,
    /// A uniform.
    Uniform,
}

impl std::fmt::Display for NameKind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Buffer => "buffer",
            Self::Uniform => "uniform",
        })
    }
}

impl Error {
    /// A mistake of ours, with what we need to find it.
    pub fn internal(what: impl Into<String>, details: impl Into<String>) -> Self {
        Self::Internal { what: what.into(), details: details.into() }
    }

    /// The same with code that does not do, which is our mistake: the report must hold it. `kind` says what the code is.
    pub(crate) fn with_code(self, kind: &str, code: &str) -> Self {
        match self {
            Self::Internal { what, details } => {
                Self::internal(what, format!("{details}\n--- {kind} ---\n{code}"))
            }
            error => error,
        }
    }

    /// What a caught panic says.
    pub fn panicked(who: &str, payload: &(dyn std::any::Any + Send)) -> Self {
        let message = payload.downcast_ref::<&str>().map(ToString::to_string);
        let message = message.or_else(|| payload.downcast_ref::<String>().cloned());
        Self::internal(format!("{who} panicked"), message.unwrap_or_default())
    }
}

fn with_article(ty: UniformType) -> String {
    let article = if ty.is_array() { "an" } else { "a" };
    format!("{article} {}", ty.name())
}

/// What singles are called in Rust, for those who gave the other floats.
fn in_rust(expected: ElementType, given: ElementType) -> &'static str {
    match (expected, given) {
        (ElementType::Number, ElementType::F64) => ", which is f32 in Rust",
        _ => "",
    }
}

/// The names there are, and the one that was probably meant.
fn known(what: &str, name: &str, names: &[String]) -> String {
    let all = || format!("the {what} are {}", names.join(", "));
    match artifact::closest(name, names.iter().map(String::as_str)) {
        _ if names.is_empty() => format!("no {what} were declared: declare it when building the interface"),
        Some(near) => format!("did you mean {near:?}? ({})", all()),
        None => all(),
    }
}

/// What a machine without an adapter lacks.
const DRIVER: &str = match () {
    () if cfg!(target_vendor = "apple") => "Metal is there from macOS 11 on",
    () if cfg!(windows) => "install the driver of the graphics card",
    () => "install a Vulkan driver (mesa-vulkan-drivers has one for the CPU)",
};

fn no_adapter(wanted: Option<&str>, found: &[String]) -> String {
    match (wanted, found) {
        (_, []) => format!("no GPU adapter was found; {DRIVER}, or use the backend cpu"),
        (Some(wanted), found) => format!(
            "no adapter matches {wanted:?}; give an index or a part of a name of: {}",
            found.iter().enumerate().map(|(i, name)| format!("{i} = {name}")).collect::<Vec<_>>().join(", ")
        ),
        (None, found) => {
            format!("there is no GPU, and what poses as one is slower than the CPU: {}", found.join(", "))
        }
    }
}
