//! The bindings: the uniform buffer with the run's extents and the user's uniforms, the storage buffers, the canvas.

use artifact::{
    Access, BufferBinding, BufferDescription, ElementType, Interface, Params, UniformField, UniformType,
};

use super::names::ModuleNames;
use super::text::{INDENT, type_text};
use crate::analysis::AccessFacts;
use crate::ir::{Scalar, Type};

/// Where everything is bound, and the declarations that say so.
pub(super) struct Layout {
    pub(super) buffers: Vec<BufferBinding>,
    pub(super) canvas: Option<u32>,
    pub(super) params: Params,
    text: String,
}

/// The name of the pixel store.
pub(super) const CANVAS: &str = "hpc__canvas";

impl Layout {
    pub(super) fn new(interface: &Interface, facts: &AccessFacts, names: &ModuleNames) -> Self {
        let (params, mut text) = params(interface, facts, names);
        let mut buffers = Vec::new();
        for (binding, (&buffer, &access)) in (1..).zip(&facts.buffers) {
            buffers.push(BufferBinding { buffer, binding, access });
            if let (Some(described), Some(names)) =
                (interface.buffers.get(buffer), names.buffers.get(&buffer))
            {
                text += &storage(
                    binding,
                    access,
                    &names.variable,
                    element_storage(described.element),
                    &size(described),
                );
            }
        }
        let canvas = facts.paints.then_some(buffers.len() as u32 + 1);
        if let (Some(binding), Some(size)) = (canvas, interface.canvas) {
            let note = format!("one 0x00bbggrr a pixel, {} columns, {} rows", size.width, size.height);
            text += &storage(binding, Access::ReadWrite, CANVAS, "u32", &note);
        }
        Self { buffers, canvas, params, text }
    }

    /// The WGSL declarations of all bindings.
    pub(super) fn declarations(&self) -> String {
        self.text.clone()
    }
}

fn params(interface: &Interface, facts: &AccessFacts, names: &ModuleNames) -> (Params, String) {
    let i = INDENT;
    let mut text = format!(
        "struct hpc__Params {{\n{i}hpc__extents: vec3i,\n{i}hpc__key_0: u32,\n{i}hpc__base: vec3i,\n{i}hpc__key_1: u32,\n"
    );
    let mut uniforms = Vec::new();
    let mut offset = Params::HEAD_SIZE;
    for (&uniform, name) in &names.uniforms {
        let Some(described) = interface.uniforms.get(uniform) else { continue };
        offset = offset.next_multiple_of(alignment(described.ty));
        uniforms.push(UniformField { uniform, offset });
        offset += described.ty.words() as u32 * 4;
        text += &format!("{i}{name}: {},\n", uniform_storage(described.ty));
    }
    text += "}\n\n@group(0) @binding(0) var<uniform> hpc__params: hpc__Params;\n";
    (Params { uniforms, size: offset.next_multiple_of(16), random: facts.random }, text)
}

fn storage(binding: u32, access: Access, name: &str, element: &str, note: &str) -> String {
    let access = match access {
        Access::Read => "read",
        Access::ReadWrite => "read_write",
    };
    format!("@group(0) @binding({binding}) var<storage, {access}> {name}: array<{element}>; // {note}\n")
}

/// The buffer's type as the user knows it: `vec2[300][200]`.
fn size(described: &BufferDescription) -> String {
    let extents: String = described.size.iter().map(|extent| format!("[{extent}]")).collect();
    format!("{}{extents}", described.element.name())
}

/// What an element is in memory. A vec3 takes four floats anyway; saying so lets the compiler keep the last one zero.
fn element_storage(element: ElementType) -> &'static str {
    match element {
        ElementType::Number => "f32",
        ElementType::Vec2 => "vec2f",
        ElementType::Vec3 | ElementType::Vec4 => "vec4f",
    }
}

/// What a uniform is in memory: booleans cannot be shared with the host.
fn uniform_storage(ty: UniformType) -> String {
    match ty {
        UniformType::Boolean => "u32".to_owned(),
        _ => type_text(Type::from(ty).with_scalar(Scalar::F32)),
    }
}

fn alignment(ty: UniformType) -> u32 {
    match ty {
        UniformType::Number | UniformType::Boolean => 4,
        UniformType::Vec2 => 8,
        UniformType::Vec3 | UniformType::Vec4 => 16,
    }
}
