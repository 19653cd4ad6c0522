//! The declarations of the bindings: the uniform buffer with the run's extents and the user's uniforms, the storage buffers, the canvas.

use artifact::{
    Access, BufferBinding, BufferDescription, ElementType, Interface, PACKED_ALIGNMENT, Params, UniformType,
};

use super::names::ModuleNames;
use super::text::{INDENT, type_text};
use crate::bindings::Bindings;
use crate::ir::{Scalar, Type};

/// The name of the pixel store.
pub(super) const CANVAS: &str = "hpc__canvas";

/// The name of the packed buffers.
pub(super) const PACKED: &str = "hpc__packed";

/// The WGSL declarations of all bindings.
pub(super) fn declarations(interface: &Interface, bindings: &Bindings, names: &ModuleNames) -> String {
    let mut text = params(interface, &bindings.params, names);
    text += &packed(interface, bindings, names);
    for bound in bindings.buffers.iter().filter(|bound| !interface.packed.contains(&bound.buffer)) {
        if let (Some(described), Some(names)) =
            (interface.buffers.get(bound.buffer), names.buffers.get(&bound.buffer))
        {
            let (element, size) = (element_storage(described.element), size(described));
            let ty = format!("array<{element}>");
            text += &storage(bound.binding, bound.access, &names.variable, &ty, &size);
        }
    }
    if let (Some(binding), Some(size)) = (bindings.canvas, interface.canvas) {
        let note = format!("one 0x00bbggrr a pixel, {} columns, {} rows", size.width, size.height);
        text += &storage(binding, Access::ReadWrite, CANVAS, "array<u32>", &note);
    }
    text
}

fn params(interface: &Interface, params: &Params, names: &ModuleNames) -> String {
    let i = INDENT;
    let mut text = format!(
        "struct hpc__Params {{\n{i}hpc__extents: vec3i,\n{i}hpc__key_0: u32,\n{i}hpc__base: vec3i,\n{i}hpc__key_1: u32,\n"
    );
    for field in &params.uniforms {
        if let (Some(described), Some(name)) =
            (interface.uniforms.get(field.uniform), names.uniforms.get(&field.uniform))
        {
            text += &format!("{i}{name}: {},\n", uniform_storage(described.ty));
        }
    }
    text + "}\n\n@group(0) @binding(0) var<uniform> hpc__params: hpc__Params;\n"
}

/// The packed buffers, behind one binding: those that the kernel does not use keep their place.
fn packed(interface: &Interface, bindings: &Bindings, names: &ModuleNames) -> String {
    let is_packed = |bound: &&BufferBinding| interface.packed.contains(&bound.buffer);
    let Some(first) = bindings.buffers.iter().find(is_packed) else { return String::new() };
    let mut text = "struct hpc__Packed {\n".to_owned();
    for &buffer in &interface.packed {
        let Some(described) = interface.buffers.get(buffer) else { continue };
        let unused = || format!("hpc__unused_{buffer}");
        let name = names.buffers.get(&buffer).map_or_else(unused, |names| names.field().to_owned());
        let (element, count) = (element_storage(described.element), described.element_count());
        let note = size(described);
        text += &format!("{INDENT}@align({PACKED_ALIGNMENT}) {name}: array<{element}, {count}>, // {note}\n");
    }
    let is_written = bindings.buffers.iter().filter(is_packed).any(|bound| bound.access == Access::ReadWrite);
    let access = if is_written { Access::ReadWrite } else { Access::Read };
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

/// The buffer's type as the user knows it: `vec2[300][200]`.
fn size(described: &BufferDescription) -> String {
    let extents: String = described.size.iter().map(|extent| format!("[{extent}]")).collect();
    format!("{}{extents}", described.element.name())
}

/// What an element is in memory. A vec3 takes four floats anyway; saying so lets the compiler keep the last one zero.
pub(super) fn element_storage(element: ElementType) -> &'static str {
    match element {
        ElementType::Number => "f32",
        ElementType::Vec2 => "vec2f",
        _ => "vec4f",
    }
}

/// What a uniform is in memory: booleans cannot be shared with the host.
fn uniform_storage(ty: UniformType) -> String {
    match ty {
        UniformType::Boolean => "u32".to_owned(),
        _ => type_text(Type::from(ty).with_scalar(Scalar::F32)),
    }
}
