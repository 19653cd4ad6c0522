//! What elements of buffers are in memory, and how values get there and back.
//!
//! Elements of 32 bits and more are what they are. Smaller ones share words: where the kernel writes them, the words are atomic, so that
//! neighbours that several threads write all arrive. A write clears the element's bits and then sets them, so that what threads of the same
//! mind write to one element arrives too. Doubles are their IEEE bits.

use artifact::{Access, Component, ElementType};

use super::function::FunctionWriter;
use super::helpers::Helpers;
use super::text::Text;
use crate::ir::{Scalar, Type};

/// An element of a buffer: its buffer's variable and the text of its position, which is not negative.
pub(super) struct Slot<'a> {
    pub(super) variable: &'a str,
    pub(super) position: &'a str,
    pub(super) element: ElementType,
    pub(super) access: Access,
}

impl Slot<'_> {
    /// The user's value of the element.
    pub(super) fn loaded(&self) -> String {
        let Self { variable, position, element, .. } = self;
        match element.component() {
            Component::F64 => format!("hpc__wide_of_bits({variable}[{position}])"),
            component if component.is_small() => self.unpacked(component),
            _ if element.components() == 3 => format!("{variable}[{position}].xyz"),
            _ => format!("{variable}[{position}]"),
        }
    }

    /// Puts a value in the element, or in one component of it; lines of text.
    pub(super) fn stored(&self, value: &str, component: Option<&str>) -> Vec<String> {
        let Self { variable, position, element, .. } = self;
        let kind = element.component();
        if kind.is_small() {
            return self.packed(value, kind);
        }
        let value = match component {
            None if element.components() == 3 => {
                let zero = if kind == Component::F32 { "0.0" } else { "0" };
                let ty = super::layout::element_storage(*element, self.access);
                format!("{ty}({value}, {zero})")
            }
            None if kind == Component::F64 => format!("hpc__wide_bits({value})"),
            _ => value.to_owned(),
        };
        let member = component.map_or(String::new(), |component| format!(".{component}"));
        vec![format!("{variable}[{position}]{member} = {value};")]
    }

    /// The word that a small element shares.
    fn word(&self, per_word: u32) -> String {
        let Self { variable, position, .. } = self;
        format!("{variable}[u32({position}) / {per_word}u]")
    }

    fn unpacked(&self, component: Component) -> String {
        let per_word = 4 / component.bytes() as u32;
        let bits = 8 * component.bytes();
        let word = match self.access {
            Access::Read => self.word(per_word),
            Access::ReadWrite => format!("atomicLoad(&{})", self.word(per_word)),
        };
        let offset = format!("u32({}) % {per_word}u * {bits}u", self.position);
        let extracted = |word: String| format!("extractBits({word}, {offset}, {bits}u)");
        match component {
            Component::I8 | Component::I16 => extracted(format!("i32({word})")),
            Component::F16 => format!("hpc__f32_of_f16({})", extracted(word)),
            Component::Boolean => format!("{} != 0u", extracted(word)),
            _ => format!("i32({})", extracted(word)),
        }
    }

    fn packed(&self, bits: &str, component: Component) -> Vec<String> {
        let per_word = 4 / component.bytes() as u32;
        let (size, mask) = (8 * component.bytes(), if component.bytes() == 1 { "0xffu" } else { "0xffffu" });
        let word = self.word(per_word);
        vec![
            format!("let offset = u32({}) % {per_word}u * {size}u;", self.position),
            format!("atomicAnd(&{word}, ~({mask} << offset));"),
            format!("atomicOr(&{word}, ({bits} & {mask}) << offset);"),
        ]
    }

    /// The functions of the library that loading takes.
    pub(super) fn needs_to_load(element: ElementType) -> Option<&'static str> {
        match element.component() {
            Component::F64 => Some("hpc__wide_of_bits"),
            Component::F16 => Some("hpc__f32_of_f16"),
            _ => None,
        }
    }

    /// The functions of the library that storing takes.
    pub(super) fn needs_to_store(element: ElementType) -> Option<&'static str> {
        (element.component() == Component::F64).then_some("hpc__wide_bits")
    }
}

/// What a helper is given to store: the value, or the bits of a small element.
pub(super) fn parameter(element: ElementType, component: Option<u8>) -> Type {
    let kind = element.component();
    if kind.is_small() {
        return Type::U32;
    }
    let scalar = Scalar::of_component(kind);
    match component {
        Some(_) => Type::Scalar(scalar),
        None => Type::of_components(element.components() as u8, scalar),
    }
}

/// What kernels get from an element.
pub(super) fn value_type(element: ElementType) -> Type {
    Type::of_components(element.components() as u8, Scalar::of_component(element.component()))
}

impl FunctionWriter<'_> {
    /// A value as the helper takes it that stores elements of this type.
    pub(super) fn value_to_store(&mut self, value: Text, ty: Type, element: ElementType) -> Text {
        let helpers: &mut Helpers = self.helpers;
        let mut call = |name: &str, value: Text| Text::call(&helpers.polyfill(name, 1), vec![value]);
        match (element.component(), ty.scalar()) {
            (Component::F16, Scalar::F64) => call("hpc__wide_to_f16_bits", value),
            (Component::F16, _) => call("hpc__f16_bits", value),
            (Component::U8Clamped, Scalar::I32) => {
                let clamped = Text::call("clamp", vec![value, Text::primary("0"), Text::primary("255")]);
                Text::call("u32", vec![clamped])
            }
            (Component::U8Clamped, Scalar::F64) => call("hpc__wide_to_clamped", value),
            (Component::U8Clamped, _) => call("hpc__clamped", value),
            (component, _) if component.is_small() => Text::call("u32", vec![value]),
            _ => value,
        }
    }
}
