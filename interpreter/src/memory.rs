//! The buffers and the pixel store.

use artifact::{BufferDescription, Component, Interface};
use half::f16;

use crate::value::{Value, Word, to_int32};
use crate::{Stopped, broken};

/// The memory that the threads of a run share.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// The bytes of each buffer of the interface, as they lie on devices.
    pub buffers: Vec<Vec<u8>>,
    /// A pixel each, `0x00bbggrr`, row by row from the top; none without a canvas.
    pub pixels: Vec<u32>,
}

impl Memory {
    /// Buffers of zeros and black pixels.
    pub fn new(interface: &Interface) -> Self {
        let zeros = |buffer: &BufferDescription| vec![0; buffer.byte_size() as usize];
        let pixels = interface.canvas.map_or(0, |canvas| canvas.pixel_count() as usize);
        Self { buffers: interface.buffers.iter().map(zeros).collect(), pixels: vec![0; pixels] }
    }

    /// The numbers that a buffer holds, row by row; a vec3 has four, the last zero, and booleans are 1 and 0.
    ///
    /// # Panics
    ///
    /// If there is no such buffer.
    pub fn numbers(&self, interface: &Interface, buffer: usize) -> Vec<f64> {
        let component = interface.buffers[buffer].element.component();
        self.buffers[buffer].chunks_exact(component.bytes()).map(|bytes| decode(component, bytes)).collect()
    }

    /// Fills a buffer with numbers, in the same order, from its start.
    ///
    /// # Panics
    ///
    /// If there is no such buffer.
    pub fn fill(&mut self, interface: &Interface, buffer: usize, numbers: &[f64]) {
        let component = interface.buffers[buffer].element.component();
        for (bytes, &number) in self.buffers[buffer].chunks_exact_mut(component.bytes()).zip(numbers) {
            encode(component, number, bytes);
        }
    }

    /// The extents of a buffer.
    pub(crate) fn size<'i>(&self, interface: &'i Interface, buffer: usize) -> Result<&'i [u32], Stopped> {
        Ok(&description(interface, buffer)?.size)
    }

    /// An element of a buffer, zero out of range.
    pub(crate) fn load(&self, interface: &Interface, buffer: usize, index: &[i32]) -> Result<Value, Stopped> {
        let described = description(interface, buffer)?;
        let (element, component) = (described.element, described.element.component());
        let words = match position(described, index)? {
            Some(position) => {
                let bytes = &self.buffers[buffer][position..position + element.bytes()];
                let components = bytes.chunks_exact(component.bytes()).take(element.components());
                components.map(|bytes| loaded(component, bytes)).collect()
            }
            None => vec![loaded(component, &[0; 8][..component.bytes()]); element.components()],
        };
        Ok(Value::of_words(words))
    }

    /// Stores an element of a buffer, or one component of it; nothing out of range.
    pub(crate) fn store(
        &mut self,
        interface: &Interface,
        (buffer, index, part): (usize, &[i32], Option<u8>),
        value: &Value,
    ) -> Result<(), Stopped> {
        let described = description(interface, buffer)?;
        let (element, component) = (described.element, described.element.component());
        let words = value.words()?;
        let first = part.map_or(0, usize::from);
        let length = if part.is_some() { 1 } else { element.components() };
        if words.len() != length || first + length > element.components() {
            return broken(format!("{value:?} is stored in `{}`", described.name));
        }
        let Some(position) = position(described, index)? else { return Ok(()) };
        let whole = &mut self.buffers[buffer][position..position + element.bytes()];
        let places = whole.chunks_exact_mut(component.bytes()).skip(first);
        for (&word, bytes) in words.iter().zip(places) {
            let number = match (component, word) {
                (Component::Boolean, Word::Bool(value)) => f64::from(u8::from(value)),
                (Component::Boolean, other) => return broken(format!("{other:?} is no boolean")),
                (_, word) => word.number()?,
            };
            encode(component, number, bytes);
        }
        if element.components() == 3 && part.is_none() {
            whole[3 * component.bytes()..].fill(0);
        }
        Ok(())
    }

    /// Paints a pixel; nothing outside the canvas.
    pub(crate) fn paint(
        &mut self,
        interface: &Interface,
        position: [i32; 2],
        color: [Word; 3],
    ) -> Result<(), Stopped> {
        let Some(canvas) = interface.canvas else { return broken("a pixel without a canvas") };
        let [red, green, blue] = color.map(channel);
        let inside = |coordinate: i32, extent: u32| u32::try_from(coordinate).ok().filter(|at| *at < extent);
        if let (Some(x), Some(y)) = (inside(position[0], canvas.width), inside(position[1], canvas.height)) {
            let pixel = y as usize * canvas.width as usize + x as usize;
            self.pixels[pixel] = red? | green? << 8 | blue? << 16;
        }
        Ok(())
    }
}

fn description(interface: &Interface, buffer: usize) -> Result<&BufferDescription, Stopped> {
    match interface.buffers.get(buffer) {
        Some(described) => Ok(described),
        None => broken(format!("there is no buffer {buffer}")),
    }
}

/// At which byte an element starts, if all its indices are in range.
fn position(described: &BufferDescription, index: &[i32]) -> Result<Option<usize>, Stopped> {
    if index.len() != described.size.len() {
        return broken(format!("`{}` takes {} indices", described.name, described.size.len()));
    }
    let mut element = 0;
    for (&index, &extent) in index.iter().zip(&described.size) {
        if index < 0 || index as u32 >= extent {
            return Ok(None);
        }
        element = element * extent as usize + index as usize;
    }
    Ok(Some(element * described.element.bytes()))
}

/// The number that bytes in memory are.
fn decode(component: Component, bytes: &[u8]) -> f64 {
    let mut word = [0; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    let bits = u64::from_le_bytes(word);
    match component {
        Component::F64 => f64::from_bits(bits),
        Component::F32 => f64::from(f32::from_bits(bits as u32)),
        Component::F16 => f16::from_bits(bits as u16).to_f64(),
        Component::I32 => f64::from(bits as i32),
        Component::I16 => f64::from(bits as i16),
        Component::I8 => f64::from(bits as i8),
        Component::U32 | Component::U16 | Component::U8 | Component::U8Clamped => bits as f64,
        Component::Boolean => f64::from(u8::from(bits != 0)),
    }
}

/// A number in memory, converted as JavaScript's typed arrays do.
fn encode(component: Component, number: f64, bytes: &mut [u8]) {
    let bits = match component {
        Component::F64 => number.to_bits(),
        Component::F32 => u64::from((number as f32).to_bits()),
        Component::F16 => u64::from(nearest_half(number).to_bits()),
        // A cast of NaN gives 0.
        Component::U8Clamped => number.clamp(0.0, 255.0).round_ties_even() as u64,
        Component::Boolean => u64::from(number != 0.0),
        Component::I32 | Component::U32 | Component::I16 | Component::U16 | Component::I8 | Component::U8 => {
            u64::from(to_int32(number) as u32)
        }
    };
    bytes.copy_from_slice(&bits.to_le_bytes()[..bytes.len()]);
}

/// The nearest half, rounded once: by way of a single whose last bit says that something was lost.
fn nearest_half(number: f64) -> f16 {
    let single = number as f32;
    if f64::from(single) == number || number.is_nan() {
        return f16::from_f32(single);
    }
    let is_beyond = f64::from(single).abs() > number.abs();
    f16::from_f32(f32::from_bits((single.to_bits() - u32::from(is_beyond)) | 1))
}

/// The word that a load returns.
fn loaded(component: Component, bytes: &[u8]) -> Word {
    let number = decode(component, bytes);
    match component {
        Component::F64 => Word::F64(number),
        Component::F32 | Component::F16 => Word::F32(number as f32),
        Component::U32 => Word::U32(number as u32),
        Component::Boolean => Word::Bool(number != 0.0),
        _ => Word::I32(number as i32),
    }
}

/// A colour rounded down and clamped to 0…255; NaN is 0.
fn channel(color: Word) -> Result<u32, Stopped> {
    // NaN becomes 0 as an integer.
    Ok(color.number()?.floor().clamp(0.0, 255.0) as u32)
}
