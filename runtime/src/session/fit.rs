//! Whether an artifact, perhaps made elsewhere, can run on an interface.

use artifact::{
    Artifact, BufferBinding, BufferDescription, CanvasSize, Conditions, Counted, Factor, Interface,
    MemoryLayout, Params, Tuned, UniformDescription, UniformField, UniformPart, Wasm,
};

use crate::Error;

/// How many threads an invocation computes at most, and how many invocations a workgroup of a fixed shape has along an axis.
const MAX_TUNED: u32 = 1024;
/// How many conditions have a bit of the mask that says which hold.
const MAX_RANGE_CONDITIONS: usize = 32;

/// Whether an artifact was compiled for this interface and names only what there is.
///
/// # Errors
///
/// [`Error::ArtifactMismatch`] says what does not fit.
pub(super) fn check_artifact(artifact: &Artifact, interface: &Interface) -> Result<(), Error> {
    let params = &artifact.params;
    let reason = if let Some(difference) = difference(artifact, interface) {
        difference
    } else if artifact.code.wasm().is_some() != interface.using_cpu {
        other_backend(interface.using_cpu).into()
    } else if artifact.buffers.iter().any(|binding| binding.buffer >= interface.buffers.len()) {
        "it uses a buffer that there is not".into()
    } else if artifact.canvas.is_some() && interface.canvas.is_none() {
        "it paints and there is no canvas".into()
    } else if !params.uniforms.iter().all(|field| lies_in(field, params, interface)) {
        "it uses a uniform that there is not".into()
    } else if !conditions(artifact).all(|conditions| are_known(conditions, interface)) {
        "it depends on something that there is not".into()
    } else if !artifact.code.wasm().is_none_or(|code| starts_fit(code, params, interface)) {
        "it is told of the starts of buffers where there is no room, or that do not move".into()
    } else if params.size < Params::HEAD_SIZE
        || !params.size.is_multiple_of(16)
        || artifact.lane_axis > 2
        || artifact.code.wgsl().is_some_and(|code| code.in_range.len() > MAX_RANGE_CONDITIONS)
        || !artifact.code.wgsl().and_then(|code| code.tuned.as_ref()).is_none_or(is_in_range)
        || !artifact.code.wgsl().and_then(|code| code.counted.as_ref()).is_none_or(|it| has_room(it, params))
    {
        "its numbers are out of range".into()
    } else {
        return Ok(());
    };
    Err(Error::ArtifactMismatch { reason })
}

/// Whether a slot has room for a uniform where it is said to lie.
fn lies_in(field: &UniformField, params: &Params, interface: &Interface) -> bool {
    let Some(uniform) = interface.uniforms.get(field.uniform) else { return false };
    let end = u64::from(field.offset) + u64::from(field.form.bytes(uniform.ty));
    field.offset >= Params::HEAD_SIZE
        && field.offset.is_multiple_of(field.form.alignment(uniform.ty))
        && end <= u64::from(params.size)
}

/// Whether a slot has room for the ticket where it is said to lie.
fn has_room(counted: &Counted, params: &Params) -> bool {
    let end = u64::from(counted.ticket) + 4;
    counted.ticket >= Params::HEAD_SIZE && counted.ticket.is_multiple_of(4) && end <= u64::from(params.size)
}

/// Whether a slot has room for the starts of buffers, and these are resizable.
fn starts_fit(code: &Wasm, params: &Params, interface: &Interface) -> bool {
    code.starts.iter().all(|&(buffer, offset)| {
        offset >= Params::HEAD_SIZE
            && u64::from(offset) + 4 <= u64::from(params.size)
            && interface.buffers.get(buffer).is_some_and(BufferDescription::is_resizable)
    })
}

/// All conditions that runs are asked for.
fn conditions(artifact: &Artifact) -> impl Iterator<Item = &Conditions> {
    let in_range = artifact.code.wgsl().map(|code| &code.in_range[..]).unwrap_or_default();
    std::iter::once(&artifact.common).chain(in_range)
}

/// Whether there is all that conditions name.
fn are_known(conditions: &Conditions, interface: &Interface) -> bool {
    let is_part = |part: &UniformPart| {
        let uniform = interface.uniforms.get(part.uniform);
        let has = |uniform: &UniformDescription, component| usize::from(component) < uniform.ty.components();
        uniform.is_some_and(|uniform| part.component.is_none_or(|component| has(uniform, component)))
    };
    let is_factor = |factor: &Factor| match factor {
        Factor::Extent(axis) => *axis < 3,
        Factor::Positive(part) | Factor::Negative(part) => is_part(part),
    };
    let mut terms = conditions.bounds.iter().flat_map(|bound| &bound.terms);
    conditions.integers.iter().all(is_part)
        && conditions.small.iter().all(|small| is_part(&small.part))
        && terms.all(|term| term.factors.iter().all(is_factor))
}

/// Whether the runtime can compute with what a tuned text says of itself.
fn is_in_range(tuned: &Tuned) -> bool {
    let sizes = tuned.shape.map_or([1; 3], |shape| shape.0);
    let sizes_fit = sizes.into_iter().all(|size| (1..=MAX_TUNED).contains(&size));
    tuned.axis < 3 && (1..=MAX_TUNED).contains(&tuned.threads) && sizes_fit
}

/// Whether an artifact finds all that it uses where it was when it was compiled, although buffers have come or gone.
fn finds_all(artifact: &Artifact, actual: &Interface) -> bool {
    let compiled = &artifact.interface;
    let is_same = |buffer: usize| compiled.buffers.get(buffer) == actual.buffers.get(buffer);
    // A buffer that was destroyed has no name.
    let may_change = |buffer: Option<&BufferDescription>| {
        buffer.is_none_or(|buffer| buffer.is_resizable() || buffer.name.is_empty())
    };
    let may_differ =
        |buffer: usize| may_change(compiled.buffers.get(buffer)) && may_change(actual.buffers.get(buffer));
    let mut all = 0..compiled.buffers.len().max(actual.buffers.len());
    // It may use any uniform.
    let uniforms = actual.uniforms.get(..compiled.uniforms.len()).unwrap_or_default().to_vec();
    let otherwise = Interface { buffers: actual.buffers.clone(), ..compiled.clone() };
    let same_place = |compiled: &MemoryLayout, actual: &MemoryLayout| {
        let starts =
            |used: &BufferBinding| compiled.buffers.get(used.buffer) == actual.buffers.get(used.buffer);
        compiled.scratch == actual.scratch && artifact.buffers.iter().all(starts)
    };
    all.all(|buffer| is_same(buffer) || may_differ(buffer))
        && artifact.buffers.iter().all(|used| is_same(used.buffer))
        && compiled.packed.iter().all(|&buffer| is_same(buffer))
        && otherwise.runs_on(&Interface { uniforms, ..actual.clone() })
        && (!actual.using_cpu || same_place(&MemoryLayout::of(compiled), &MemoryLayout::of(actual)))
}

/// What keeps an artifact that was compiled for one interface from running on the other.
fn difference(artifact: &Artifact, actual: &Interface) -> Option<String> {
    let compiled = &artifact.interface;
    if compiled.runs_on(actual) || finds_all(artifact, actual) {
        return None;
    }
    let buffer = |buffer: &BufferDescription| {
        let BufferDescription { name, element, size } = buffer;
        format!("the buffer {name:?} of size {size:?} and type {}", element.name())
    };
    let uniform = |uniform: &UniformDescription| format!("the {} {:?}", uniform.ty.name(), uniform.name);
    let is_same = |mine: &UniformDescription, theirs: &UniformDescription| {
        mine.name == theirs.name && mine.ty == theirs.ty
    };
    let canvas = |size: &CanvasSize| format!("a canvas of {} x {} pixels", size.width, size.height);
    let (compiled_canvas, actual_canvas) = (compiled.canvas.as_slice(), actual.canvas.as_slice());
    first_difference("buffer", &compiled.buffers, &actual.buffers, PartialEq::eq, buffer)
        .or_else(|| first_difference("uniform", &compiled.uniforms, &actual.uniforms, is_same, uniform))
        .or_else(|| first_difference("canvas", compiled_canvas, actual_canvas, PartialEq::eq, canvas))
        .or_else(|| Some(other_device(compiled, actual).into()))
}

/// What sets the devices of interfaces apart that are the same otherwise.
fn other_device(compiled: &Interface, actual: &Interface) -> &'static str {
    if compiled.using_cpu != actual.using_cpu {
        other_backend(actual.using_cpu)
    } else if compiled.packed != actual.packed {
        "it was compiled for a device that binds more buffers, or fewer"
    } else if compiled.native_doubles && !actual.native_doubles {
        "it was compiled for a device that computes in doubles by itself, and this one does not"
    } else {
        "it was compiled for a device that adds to floats in one step, and this one does not"
    }
}

fn other_backend(using_cpu: bool) -> &'static str {
    if using_cpu {
        "it was compiled for GPUs, and this is the CPU backend"
    } else {
        "it was compiled for the CPU backend, and this is not it"
    }
}

fn first_difference<T>(
    kind: &str,
    compiled: &[T],
    actual: &[T],
    is_same: impl Fn(&T, &T) -> bool,
    describe: impl Fn(&T) -> String,
) -> Option<String> {
    let differs = |position: &usize| match (compiled.get(*position), actual.get(*position)) {
        (Some(compiled), Some(actual)) => !is_same(compiled, actual),
        _ => true,
    };
    let position = (0..compiled.len().max(actual.len())).find(differs)?;
    let describe = |item: Option<&T>| item.map_or_else(|| format!("no {kind}"), &describe);
    let (compiled, actual) = (describe(compiled.get(position)), describe(actual.get(position)));
    Some(format!("it was compiled for {compiled}, and there is {actual}"))
}
