//! What a kernel is given: which numbers thread ids, uniforms and elements of buffers can be.

use artifact::{Component, ElementType, Interface, UniformType};

use super::value::{Grade, Value};

/// The inputs of a kernel, as far as they are known.
#[derive(Clone, Debug)]
pub struct Inputs<'i> {
    /// The interface, with the types of the buffers' elements.
    pub interface: &'i Interface,
    /// The range of thread ids along each axis.
    pub threads: [Value; 3],
    /// The assumption about each uniform that is a number.
    pub uniforms: Vec<Granted>,
}

/// An assumption about a uniform that is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granted {
    /// No assumption: the uniform may be any number.
    Any,
    /// That nobody asks whether it is an integer: it is as good as a fraction.
    Fraction,
    /// That it is an integer at most so far from 0, and is not 0 where it divides.
    Integer(u32),
    /// That it is a fraction, or an integer at most so far from 0.
    Small(u32),
}

impl Inputs<'_> {
    /// A component of a uniform, or any element of an array.
    pub fn uniform(&self, uniform: usize) -> Value {
        let Some(described) = self.interface.uniforms.get(uniform) else { return Value::any(Grade::Single) };
        match described.ty {
            UniformType::Boolean => Value::NOTHING,
            UniformType::Array(component, _) => of_component(component),
            UniformType::Vec2i | UniformType::Vec3i | UniformType::Vec4i => Value::INT32,
            UniformType::Vec2u | UniformType::Vec3u | UniformType::Vec4u => Value::UINT32,
            UniformType::Number
            | UniformType::Vec2
            | UniformType::Vec3
            | UniformType::Vec4
            | UniformType::Numbers(_) => {
                let within = |most: u32| Value::integers(-f64::from(most), f64::from(most));
                let open = Value::any(Grade::Open);
                match self.uniforms[uniform] {
                    Granted::Any => Value::integers(f64::NEG_INFINITY, f64::INFINITY).join(open),
                    Granted::Fraction => open,
                    Granted::Integer(most) => within(most),
                    Granted::Small(most) => within(most).join(open.graded(Grade::Fraction)),
                }
            }
        }
    }

    /// A component of an element of a buffer.
    pub fn buffer(&self, buffer: usize) -> Value {
        let element =
            self.interface.buffers.get(buffer).map_or(ElementType::Number, |described| described.element);
        of_component(element.component())
    }
}

/// The values that memory of this type can hold.
fn of_component(component: Component) -> Value {
    match component {
        Component::F32 | Component::F16 => Value::any(Grade::Single),
        Component::F64 => Value::any_double(),
        Component::I32 => Value::INT32,
        Component::U32 => Value::UINT32,
        Component::I16 => Value::integers(-32_768.0, 32_767.0),
        Component::U16 => Value::integers(0.0, 65_535.0),
        Component::I8 => Value::integers(-128.0, 127.0),
        Component::U8 | Component::U8Clamped => Value::integers(0.0, 255.0),
        Component::Boolean => Value::NOTHING,
    }
}
