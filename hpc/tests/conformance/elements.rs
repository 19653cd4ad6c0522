//! The numbers of a trace as elements of buffers, converted as JavaScript's typed arrays convert.

use hpc::{Clamped, Component, Element, ElementType, f16};

/// What the numbers of a trace make.
pub(crate) trait Parsed: Element {
    /// The element of these components, of which there are as many as it has.
    fn of(components: &[f64]) -> Self;
}

/// The elements that the components make.
pub(crate) fn elements<E: Parsed>(components: &[f64]) -> Vec<E> {
    components.chunks_exact(E::TYPE.components()).map(E::of).collect()
}

macro_rules! scalars {
    ($($type:ty: $number:ident => $value:expr),* $(,)?) => {
        $(impl Parsed for $type {
            fn of(components: &[f64]) -> Self {
                let $number = components[0];
                $value
            }
        })*
    };
}

scalars! {
    f32: number => number as f32,
    i32: number => integer(number) as i32,
    u32: number => integer(number) as u32,
    i16: number => integer(number) as i16,
    u16: number => integer(number) as u16,
    i8: number => integer(number) as i8,
    u8: number => integer(number) as u8,
    Clamped: number => Clamped(number.round_ties_even() as u8),
    f16: number => f16::from_f64(number),
    f64: number => number,
    bool: number => number != 0.0,
}

macro_rules! vectors {
    ($($type:ty),*) => {
        $(impl Parsed for $type {
            fn of(components: &[f64]) -> Self {
                std::array::from_fn(|place| Parsed::of(&components[place..]))
            }
        })*
    };
}

vectors!([f32; 2], [f32; 3], [f32; 4], [i32; 2], [i32; 3], [i32; 4], [u32; 2], [u32; 3], [u32; 4]);

/// The integer modulo 2^32 that smaller ones are taken of.
fn integer(number: f64) -> i64 {
    if number.is_finite() { (number.trunc() % 4_294_967_296.0) as i64 } else { 0 }
}

/// Does something with the Rust type of elements of this type.
macro_rules! with_type {
    ($element:expr, $type:ident => $does:expr) => {
        with_type!(@ $element, $type => $does;
            Number f32, I32 i32, U32 u32, I16 i16, U16 u16, I8 i8, U8 u8, U8Clamped hpc::Clamped, F16 hpc::f16, F64 f64, Boolean bool,
            Vec2 [f32; 2], Vec3 [f32; 3], Vec4 [f32; 4], Vec2i [i32; 2], Vec3i [i32; 3], Vec4i [i32; 4],
            Vec2u [u32; 2], Vec3u [u32; 3], Vec4u [u32; 4])
    };
    (@ $element:expr, $type:ident => $does:expr; $($name:ident $rust:ty),*) => {
        match $element {
            $(hpc::ElementType::$name => {
                type $type = $rust;
                $does
            })*
        }
    };
}

pub(crate) use with_type;

/// The components that a buffer of this type has in these bytes, pads included.
pub(crate) fn components(element: ElementType, bytes: &[u8]) -> Vec<f64> {
    fn each<const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> f64) -> Vec<f64> {
        bytes.as_chunks().0.iter().map(|&bytes| number(bytes)).collect()
    }
    match element.component() {
        Component::F32 => each(bytes, |bytes| f32::from_le_bytes(bytes).into()),
        Component::I32 => each(bytes, |bytes| i32::from_le_bytes(bytes).into()),
        Component::U32 => each(bytes, |bytes| u32::from_le_bytes(bytes).into()),
        Component::I16 => each(bytes, |bytes| i16::from_le_bytes(bytes).into()),
        Component::U16 => each(bytes, |bytes| u16::from_le_bytes(bytes).into()),
        Component::I8 => each(bytes, |bytes| i8::from_le_bytes(bytes).into()),
        Component::U8 | Component::U8Clamped | Component::Boolean => each(bytes, |[byte]| byte.into()),
        Component::F16 => each(bytes, |bytes| f16::from_le_bytes(bytes).into()),
        Component::F64 => each(bytes, f64::from_le_bytes),
    }
}
