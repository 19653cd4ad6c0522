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

/// Buffers data, grid, points, flat, wide; uniforms scale, on, center; a canvas of 16 by 16 pixels.
pub(crate) fn interface() -> Interface {
    let buffer = |name: &str, element, size: &[u32]| BufferDescription {
        name: name.into(),
        element,
        size: size.to_vec(),
    };
    let uniform = |name: &str, ty| UniformDescription { name: name.into(), ty, integral: false };
    Interface {
        buffers: vec![
            buffer("data", ElementType::Number, &[16]),
            buffer("grid", ElementType::Number, &[8, 8]),
            buffer("points", ElementType::Vec3, &[16]),
            buffer("flat", ElementType::Vec2, &[16]),
            buffer("wide", ElementType::F64, &[16]),
        ],
        uniforms: vec![
            uniform("scale", UniformType::Number),
            uniform("on", UniformType::Boolean),
            uniform("center", UniformType::Vec2),
        ],
        canvas: Some(CanvasSize { width: 16, height: 16 }),
        ..Interface::default()
    }
}
