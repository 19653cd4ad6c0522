//! The interface that the kernels of tests and of the error pages are written for.

#[allow(dead_code, reason = "the error pages emit nothing")]
pub(crate) mod wgsl;

#[allow(dead_code, reason = "the error pages emit nothing")]
pub(crate) mod wasm;

use artifact::{BufferDescription, CanvasSize, ElementType, Interface, UniformDescription, UniformType};

/// The interface of [`interface`], with its canvas or without.
#[allow(dead_code, reason = "only kernels that are refused need none")]
pub(crate) fn interface_with_canvas(has_canvas: bool) -> Interface {
    let interface = interface();
    Interface { canvas: interface.canvas.filter(|_| has_canvas), ..interface }
}

/// Buffers data, grid, points, flat, wide, and bodies, which holds objects; uniforms scale, on, center; a canvas of 16 by 16 pixels.
pub(crate) fn interface() -> Interface {
    let buffers: &[(&str, ElementType, &[u32])] = &[
        ("data", ElementType::Number, &[16]),
        ("grid", ElementType::Number, &[8, 8]),
        ("points", ElementType::Vec3, &[16]),
        ("flat", ElementType::Vec2, &[16]),
        ("wide", ElementType::F64, &[16]),
        ("bodies[].position", ElementType::Vec2, &[16]),
        ("bodies[].age", ElementType::I32, &[16]),
        ("bodies[].trail[]", ElementType::Number, &[16, 4]),
    ];
    let uniforms =
        [("scale", UniformType::Number), ("on", UniformType::Boolean), ("center", UniformType::Vec2)];
    interface_of(buffers, &uniforms, false)
}

/// An interface with these buffers and uniforms, whose first values are integers or not, and a canvas of 16 by 16 pixels.
pub(crate) fn interface_of(
    buffers: &[(&str, ElementType, &[u32])],
    uniforms: &[(&str, UniformType)],
    integral: bool,
) -> Interface {
    let buffers = buffers.iter().map(|&(name, element, size)| BufferDescription {
        name: name.into(),
        element,
        size: size.to_vec(),
    });
    let uniforms = uniforms.iter().map(|&(name, ty)| UniformDescription { name: name.into(), ty, integral });
    Interface {
        buffers: buffers.collect(),
        uniforms: uniforms.collect(),
        canvas: Some(CanvasSize { width: 16, height: 16 }),
        ..Interface::default()
    }
}
