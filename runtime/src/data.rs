//! The contents of buffers on the host: `f32` in row-major order, a vec3 in four floats of which the last is zero.

use artifact::{BufferDescription, ElementType};

use crate::Error;

/// Elements on their way to a buffer.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// What the elements are. Plain numbers also fill a buffer of vectors, if they are packed as it is read.
    pub element: ElementType,
    /// Their components, packed: one element takes [`ElementType::floats`] floats.
    pub floats: Vec<f32>,
}

impl Data {
    /// Whether the elements fill the buffer `description`.
    ///
    /// # Errors
    ///
    /// [`Error::TypeMismatch`] and [`Error::SizeMismatch`].
    pub fn check(&self, description: &BufferDescription) -> Result<(), Error> {
        check(description, self.element, self.floats.len() as u64)
    }

    /// The floats for the buffer `description`, with zeros where a vec3 is padded.
    pub(crate) fn fit(mut self, description: &BufferDescription) -> Result<Vec<f32>, Error> {
        self.check(description)?;
        if description.element == ElementType::Vec3 {
            zero_pads(&mut self.floats);
        }
        Ok(self.floats)
    }
}

/// Whether so many floats of elements of this type fill the buffer `description`.
pub(crate) fn check(description: &BufferDescription, element: ElementType, given: u64) -> Result<(), Error> {
    // Numbers in the packing of `read_buffer` make a round trip without conversion.
    let packed = element == ElementType::Number && given == description.float_count();
    if element != description.element && !packed {
        let (name, expected) = (description.name.clone(), description.element);
        return Err(Error::TypeMismatch { name, expected, given: element });
    }
    if given != description.float_count() {
        return Err(Error::SizeMismatch {
            name: description.name.clone(),
            size: description.size.clone(),
            element: description.element,
            expected: description.element_count(),
            given: given / description.element.floats() as u64,
        });
    }
    Ok(())
}

/// Sets the fourth float of every vec3 to zero.
pub(crate) fn zero_pads(floats: &mut [f32]) {
    for pad in floats.iter_mut().skip(3).step_by(4) {
        *pad = 0.0;
    }
}
