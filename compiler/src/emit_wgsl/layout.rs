//! The declarations of the bindings: the uniform buffer with the run's extents and the user's uniforms, the storage buffers, the canvas.

use artifact::{
    Access, BufferBinding, BufferDescription, Component, Counted, ElementType, Form, Interface,
    PACKED_ALIGNMENT, Params, UniformType,
};

use super::counted::{STOPPED, TICKET};
use super::memory::Words;
use super::names::ModuleNames;
use super::steps::Steps;
use super::text::INDENT;
use crate::bindings::Bindings;

/// The name of the pixel store.
pub(super) const CANVAS: &str = "hpc__canvas";

/// The name of the packed buffers.
pub(super) const PACKED: &str = "hpc__packed";

/// The WGSL declarations of all bindings.
pub(super) fn declarations(
    interface: &Interface,
    bindings: &Bindings,
    counted: Option<&Counted>,
    names: &ModuleNames,
    steps: &Steps,
) -> String {
    let mut text = params(interface, &bindings.params, counted, names);
    text += &packed(interface, bindings, names, steps);
    for bound in bindings.buffers.iter().filter(|bound| !interface.packed.contains(&bound.buffer)) {
        if let (Some(described), Some(names)) =
            (interface.buffers.get(bound.buffer), names.buffers.get(&bound.buffer))
        {
            let words = steps.of(bound.buffer);
            let element = element_storage(described.element, bound.access, words);
            let size = size(described);
            let ty = format!("array<{element}>");
            text += &storage(bound.binding, bound.access, &names.variable, &ty, &size);
        }
    }
    if let (Some(binding), Some(size)) = (bindings.canvas, interface.canvas) {
        let note = format!("one 0x00bbggrr a pixel, {} columns, {} rows", size.width, size.height);
        text += &storage(binding, Access::ReadWrite, CANVAS, "array<u32>", &note);
    }
    if let Some(counted) = counted {
        let note = "where loops made too many rounds: the last dispatch, the first one's line, the first one";
        text += &storage(counted.binding, Access::ReadWrite, STOPPED, "array<atomic<u32>, 3>", note);
    }
    text
}

fn params(interface: &Interface, params: &Params, counted: Option<&Counted>, names: &ModuleNames) -> String {
    let i = INDENT;
    let mut text = format!(
        "struct hpc__Params {{\n{i}hpc__extents: vec3i,\n{i}hpc__key_0: u32,\n{i}hpc__base: vec3i,\n{i}hpc__key_1: u32,\n"
    );
    for field in &params.uniforms {
        if let (Some(described), Some(name)) =
            (interface.uniforms.get(field.uniform), names.uniforms.get(&(field.uniform, field.form)))
        {
            text += &format!("{i}{name}: {},\n", uniform_storage(described.ty, field.form));
        }
    }
    if counted.is_some() {
        text += &format!("{i}@align(16) {TICKET}: u32,\n");
    }
    text + "}\n\n@group(0) @binding(0) var<uniform> hpc__params: hpc__Params;\n"
}

/// The packed buffers, behind one binding: those that the kernel does not use keep their place.
fn packed(interface: &Interface, bindings: &Bindings, names: &ModuleNames, steps: &Steps) -> String {
    let is_packed = |bound: &&BufferBinding| interface.packed.contains(&bound.buffer);
    let Some(first) = bindings.buffers.iter().find(is_packed) else { return String::new() };
    let mut text = "struct hpc__Packed {\n".to_owned();
    let is_written = bindings.buffers.iter().filter(is_packed).any(|bound| bound.access == Access::ReadWrite);
    let access = if is_written { Access::ReadWrite } else { Access::Read };
    for &buffer in &interface.packed {
        let Some(described) = interface.buffers.get(buffer) else { continue };
        let unused = || format!("hpc__unused_{buffer}");
        let name = names.buffers.get(&buffer).map_or_else(unused, |names| names.field().to_owned());
        let access =
            bindings.buffers.iter().find(|bound| bound.buffer == buffer).map_or(access, |bound| bound.access);
        let words = steps.of(buffer);
        let element = element_storage(described.element, access, words);
        let count = storage_count(described, words);
        let note = size(described);
        text += &format!("{INDENT}@align({PACKED_ALIGNMENT}) {name}: array<{element}, {count}>, // {note}\n");
    }
    let note = "the smallest buffers, as the device binds few";
    text + "}\n\n" + &storage(first.binding, access, PACKED, "hpc__Packed", note)
}

fn storage(binding: u32, access: Access, name: &str, ty: &str, note: &str) -> String {
    let access = match access {
        Access::Read => "read",
        Access::ReadWrite => "read_write",
    };
    format!("@group(0) @binding({binding}) var<storage, {access}> {name}: {ty}; // {note}\n")
}

/// The buffer's type as the user knows it: `vec2[300][200]`, or `vec2[][]` if it is resizable.
fn size(described: &BufferDescription) -> String {
    let extent = |&extent: &u32| if extent == 0 { "[]".to_owned() } else { format!("[{extent}]") };
    let extents: String = described.size.iter().map(extent).collect();
    format!("{}{extents}", described.element.name())
}

/// What an element is in memory. A vec3 takes four words anyway; saying so lets the compiler keep the last one zero. Small elements share words,
/// which several threads may write at once. What is changed in steps is words.
pub(super) fn element_storage(element: ElementType, access: Access, words: Words) -> String {
    let component = match element.component() {
        _ if words != Words::Plain => {
            let word = match element.component() {
                Component::I32 => "i32",
                Component::F32 if words == Words::Summed => "f32",
                _ => "u32",
            };
            return format!("atomic<{word}>");
        }
        Component::F32 => "f",
        Component::I32 => "i",
        Component::U32 => "u",
        Component::F64 => return "vec2u".to_owned(),
        _ if access == Access::ReadWrite => return "atomic<u32>".to_owned(),
        _ => return "u32".to_owned(),
    };
    match element.slots() {
        1 => format!("{component}32"),
        slots => format!("vec{slots}{component}"),
    }
}

/// How many of them a buffer has.
fn storage_count(described: &BufferDescription, words: Words) -> u64 {
    match words != Words::Plain || described.element.component().is_small() {
        true => described.byte_size().div_ceil(4),
        false => described.element_count(),
    }
}

/// What a uniform is in memory, in one of its forms: doubles are pairs of words, and arrays are made of fours.
fn uniform_storage(ty: UniformType, form: Form) -> String {
    let components = ty.components();
    let letter = match form {
        Form::Single => "f",
        Form::Integer if is_unsigned(ty) => "u",
        Form::Integer => "i",
        Form::Double => "u",
    };
    match form {
        Form::Double if components == 1 && !ty.is_array() => "vec2u".to_owned(),
        Form::Double => format!("array<vec4u, {}>", components.div_ceil(2)),
        _ if ty.is_array() => format!("array<vec4{letter}, {}>", components.div_ceil(4)),
        _ if components == 1 => format!("{letter}32"),
        _ => format!("vec{components}{letter}"),
    }
}

/// Whether the integers of a uniform have no sign.
pub(super) fn is_unsigned(ty: UniformType) -> bool {
    matches!(
        ty,
        UniformType::Boolean
            | UniformType::Vec2u
            | UniformType::Vec3u
            | UniformType::Vec4u
            | UniformType::Array(Component::U32, _)
    )
}
