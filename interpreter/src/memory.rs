//! The buffers and the pixel store.

use artifact::{BufferDescription, ElementType, Interface};

use crate::value::{Value, Word};
use crate::{Stopped, broken};

/// What the threads of a run share.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// The floats of each buffer of the interface, row by row; a vec3 takes four, the last zero.
    pub buffers: Vec<Vec<f32>>,
    /// A pixel each, `0x00bbggrr`, row by row from the top; none without a canvas.
    pub pixels: Vec<u32>,
}

impl Memory {
    /// Buffers of zeros and black pixels.
    pub fn new(interface: &Interface) -> Self {
        let zeros = |buffer: &BufferDescription| vec![0.0; buffer.float_count() as usize];
        let pixels = interface.canvas.map_or(0, |canvas| canvas.pixel_count() as usize);
        Self { buffers: interface.buffers.iter().map(zeros).collect(), pixels: vec![0; pixels] }
    }

    /// The extents of a buffer.
    pub(crate) fn size<'i>(&self, interface: &'i Interface, buffer: usize) -> Result<&'i [u32], Stopped> {
        Ok(&description(interface, buffer)?.size)
    }

    /// An element of a buffer, zero out of range.
    pub(crate) fn load(&self, interface: &Interface, buffer: usize, index: &[i32]) -> Result<Value, Stopped> {
        let described = description(interface, buffer)?;
        let components = described.element.components();
        let floats = match position(described, index)? {
            Some(position) => &self.buffers[buffer][position..position + components],
            None => &[0.0; 4][..components],
        };
        Ok(Value::of_words(floats.iter().copied().map(Word::F32).collect()))
    }

    /// Stores an element of a buffer, or one component of it; nothing out of range.
    pub(crate) fn store(
        &mut self,
        interface: &Interface,
        (buffer, index, component): (usize, &[i32], Option<u8>),
        value: &Value,
    ) -> Result<(), Stopped> {
        let described = description(interface, buffer)?;
        let values = value.floats()?;
        let first = component.map_or(0, usize::from);
        let length = if component.is_some() { 1 } else { described.element.components() };
        if values.len() != length || first + length > described.element.components() {
            return broken(format!("{value:?} is stored in `{}`", described.name));
        }
        let Some(position) = position(described, index)? else { return Ok(()) };
        self.buffers[buffer][position + first..][..length].copy_from_slice(&values);
        if described.element == ElementType::Vec3 && component.is_none() {
            self.buffers[buffer][position + 3] = 0.0;
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

/// Where an element starts, if all its indices are in range.
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
    Ok(Some(element * described.element.floats()))
}

/// A colour rounded down and clamped to 0…255; NaN is 0.
fn channel(color: Word) -> Result<u32, Stopped> {
    let value = match color {
        Word::F32(value) => f64::from(value),
        Word::I32(value) => f64::from(value),
        other => return broken(format!("{other:?} is no colour")),
    };
    // NaN becomes 0 as an integer.
    Ok(value.floor().clamp(0.0, 255.0) as u32)
}
