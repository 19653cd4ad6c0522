//! What elements of buffers are in memory, and how values get there and back.
//!
//! Elements of 32 bits and more are what they are. Smaller ones share words: where the kernel writes them, the words are atomic, so that
//! neighbours that several threads write all arrive. A write clears the element's bits and then sets them, so that what threads of the same
//! mind write to one element arrives too. Doubles are their IEEE bits.

use artifact::{Access, Component, ElementType};

use super::function::FunctionWriter;
use super::helpers::Helpers;
use super::steps::LOCKED;
use super::text::{COMPONENTS, Text, type_text};
use crate::ir::{Scalar, Type};

/// How the words of a buffer are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// By plain stores.
    Plain,
    /// In steps, as integers.
    InSteps,
    /// In steps, as floats: all of them are sums, and the device has such.
    Summed,
}

/// An element of a buffer: its buffer's variable and the text of its position, which is not negative.
pub(super) struct Slot<'a> {
    pub(super) variable: &'a str,
    pub(super) position: &'a str,
    pub(super) element: ElementType,
    pub(super) access: Access,
    pub(super) words: Words,
}

impl Slot<'_> {
    /// The user's value of the element.
    pub(super) fn loaded(&self) -> String {
        let Self { variable, position, element, .. } = self;
        let components = element.components() as u8;
        match element.component() {
            component if self.words != Words::Plain && !component.is_small() => match components {
                1 => self.loaded_component(0),
                _ => {
                    let parts: Vec<String> =
                        (0..components).map(|part| self.loaded_component(part)).collect();
                    format!("{}({})", type_text(value_type(*element)), parts.join(", "))
                }
            },
            Component::F64 => format!("hpc__wide_of_bits({variable}[{position}])"),
            component if component.is_small() => self.unpacked(component),
            _ if element.components() == 3 => format!("{variable}[{position}].xyz"),
            _ => format!("{variable}[{position}]"),
        }
    }

    /// A component of an element whose words are changed in steps.
    pub(super) fn loaded_component(&self, component: u8) -> String {
        let word = |component| format!("atomicLoad(&{})", self.shared_word(component));
        match self.element.component() {
            Component::F32 if self.words == Words::InSteps => format!("bitcast<f32>({})", word(component)),
            _ => word(component),
        }
    }

    /// The word of a component; of a double, the lower or the upper one; the one that a small element shares.
    pub(super) fn shared_word(&self, component: u8) -> String {
        let Self { variable, position, element, .. } = self;
        let kind = element.component();
        let words = if kind == Component::F64 { 2 } else { element.slots() };
        match words {
            _ if kind.is_small() => self.word(4 / kind.bytes() as u32),
            1 => format!("{variable}[{position}]"),
            _ if position.contains(' ') => format!("{variable}[({position}) * {words} + {component}]"),
            _ => format!("{variable}[{position} * {words} + {component}]"),
        }
    }

    /// Puts a value in the element, or in one component of it; lines of text.
    pub(super) fn stored(&self, value: &str, component: Option<&str>) -> Vec<String> {
        let Self { variable, position, element, .. } = self;
        let kind = element.component();
        if kind.is_small() {
            return self.packed(value, kind);
        }
        if self.words != Words::Plain {
            return self.stored_in_words(value, component);
        }
        let value = match component {
            None if element.components() == 3 => {
                let zero = if kind == Component::F32 { "0.0" } else { "0" };
                let ty = super::layout::element_storage(*element, self.access, Words::Plain);
                format!("{ty}({value}, {zero})")
            }
            None if kind == Component::F64 => format!("hpc__wide_bits({value})"),
            _ => value.to_owned(),
        };
        let member = component.map_or(String::new(), |component| format!(".{component}"));
        vec![format!("{variable}[{position}]{member} = {value};")]
    }

    /// Reads a double that others may be changing, and returns it; lines of text.
    pub(super) fn read_again(&self) -> Vec<String> {
        let [lower, upper] = [0, 1].map(|word| format!("atomicLoad(&{})", self.shared_word(word)));
        vec![
            "loop {".to_owned(),
            format!("    let upper = {upper};"),
            format!("    let lower = {lower};"),
            format!("    if upper != {LOCKED} && {upper} == upper {{"),
            "        return hpc__wide_of_bits(vec2u(lower, upper));".to_owned(),
            "    }".to_owned(),
            "}".to_owned(),
        ]
    }

    /// Stores a double that others may be changing.
    fn stored_by_turns(&self, value: &str) -> Vec<String> {
        let [lower, upper] = [0, 1].map(|word| self.shared_word(word));
        vec![
            format!("let words = hpc__wide_bits({value});"),
            "loop {".to_owned(),
            format!("    if atomicExchange(&{upper}, {LOCKED}) != {LOCKED} {{"),
            format!("        let was = atomicLoad(&{lower});"),
            format!("        atomicStore(&{upper}, words.y + (atomicExchange(&{lower}, words.x) ^ was));"),
            "        break;".to_owned(),
            "    }".to_owned(),
            "}".to_owned(),
        ]
    }

    fn stored_in_words(&self, value: &str, component: Option<&str>) -> Vec<String> {
        let store = |word: u8, value: String| format!("atomicStore(&{}, {value});", self.shared_word(word));
        let kind = self.element.component();
        let is_float = kind == Component::F32 && self.words == Words::InSteps;
        let bits = |value: String| if is_float { format!("bitcast<u32>({value})") } else { value };
        let components = COMPONENTS.iter().take(self.element.components()).zip(0..);
        match (kind, component) {
            (Component::F64, _) => self.stored_by_turns(value),
            (_, Some(component)) => {
                let place = COMPONENTS.iter().position(|name| *name == component).unwrap_or(0);
                vec![store(place as u8, bits(value.to_owned()))]
            }
            _ if self.element.components() == 1 => vec![store(0, bits(value.to_owned()))],
            _ => components.map(|(name, place)| store(place, bits(format!("{value}.{name}")))).collect(),
        }
    }

    /// The word that a small element shares.
    fn word(&self, per_word: u32) -> String {
        let Self { variable, position, .. } = self;
        format!("{variable}[u32({position}) / {per_word}u]")
    }

    fn unpacked(&self, component: Component) -> String {
        let per_word = 4 / component.bytes() as u32;
        let word = match self.access {
            Access::Read => self.word(per_word),
            Access::ReadWrite => format!("atomicLoad(&{})", self.word(per_word)),
        };
        self.unpacked_from(&word, component)
    }

    /// The user's value of a small element in its word.
    pub(super) fn unpacked_from(&self, word: &str, component: Component) -> String {
        let per_word = 4 / component.bytes() as u32;
        let bits = 8 * component.bytes();
        let offset = format!("u32({}) % {per_word}u * {bits}u", self.position);
        let word = word.to_owned();
        let extracted = |word: String| format!("extractBits({word}, {offset}, {bits}u)");
        match component {
            Component::I8 | Component::I16 => extracted(format!("i32({word})")),
            Component::F16 => format!("hpc__f32_of_f16({})", extracted(word)),
            Component::Boolean => format!("{} != 0u", extracted(word)),
            _ => format!("i32({})", extracted(word)),
        }
    }

    /// Where a small element lies in its word, as a line of text, and the word with these bits in its place.
    pub(super) fn packed_into(&self, word: &str, bits: &str, component: Component) -> [String; 2] {
        let per_word = 4 / component.bytes() as u32;
        let size = 8 * component.bytes();
        [
            format!("let offset = u32({}) % {per_word}u * {size}u;", self.position),
            format!("insertBits({word}, {bits}, offset, {size}u)"),
        ]
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
            (component, _) if component.is_small() => match value.text.parse::<i32>() {
                // WGSL converts no literal that does not fit.
                Ok(literal) => Text::primary(format!("{}u", literal as u32)),
                Err(_) => Text::call("u32", vec![value]),
            },
            _ => value,
        }
    }
}
