//! Elements on their way to a buffer, and what makes any bytes contents of one.

use artifact::{BufferDescription, Component, ElementType};
use bytemuck::{Pod, Zeroable};

use crate::Error;
use crate::bytes::Bytes;

/// Elements on their way to a buffer.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// What the elements are: the buffer's own type, or that of its components, see [`is_made_of`].
    pub element: ElementType,
    /// The elements, packed: an element of three components takes four.
    pub bytes: Bytes,
}

impl Data {
    /// Whether the elements fill the buffer `description`.
    ///
    /// # Errors
    ///
    /// [`Error::TypeMismatch`], [`Error::SizeMismatch`] and [`Error::BrokenElement`].
    pub fn check(&self, description: &BufferDescription) -> Result<(), Error> {
        check_type(description, self.element)?;
        check_size(description, self.bytes.len() as u64)
    }

    /// What the buffer `description` will hold.
    pub(crate) fn fit(mut self, description: &BufferDescription) -> Result<Bytes, Error> {
        self.check(description)?;
        normalize(description.element, &mut self.bytes);
        Ok(self.bytes)
    }
}

/// An element of a buffer of type `u8-clamped`, to which kernels store numbers clamped to 0…255 and rounded, ties to even.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
#[repr(transparent)]
pub struct Clamped(pub u8);

/// Whether elements of type `element` are `given` ones, or vectors of them: so vectors can be written and read as plain components, in
/// the packing of [`crate::Contents`].
pub fn is_made_of(element: ElementType, given: ElementType) -> bool {
    let is_component = given.components() == 1 && given.component() == element.component();
    given == element || is_component
}

/// Whether a buffer takes and gives elements of this type.
pub(crate) fn check_type(description: &BufferDescription, given: ElementType) -> Result<(), Error> {
    let BufferDescription { name, element, .. } = description;
    if is_made_of(*element, given) {
        return Ok(());
    }
    Err(Error::TypeMismatch { name: name.clone(), expected: *element, given })
}

/// Whether so many bytes fill a buffer.
pub(crate) fn check_size(description: &BufferDescription, bytes: u64) -> Result<(), Error> {
    if bytes == description.byte_size() {
        return Ok(());
    }
    let (name, element) = (description.name.clone(), description.element);
    let each = element.bytes() as u64;
    Err(if bytes.is_multiple_of(each) {
        let (size, expected) = (description.size.clone(), description.element_count());
        Error::SizeMismatch { name, size, element, expected, given: bytes / each }
    } else {
        Error::BrokenElement { name, element, bytes }
    })
}

/// Where so many bytes lie in a buffer that begin with the element `start`, in bytes.
///
/// # Errors
///
/// [`Error::BrokenElement`], [`Error::OutsideBuffer`] and [`Error::BrokenWord`].
pub(crate) fn part(description: &BufferDescription, start: u64, bytes: u64) -> Result<u64, Error> {
    let (name, element) = (description.name.clone(), description.element);
    let (each, count) = (element.bytes() as u64, description.element_count());
    if !bytes.is_multiple_of(each) {
        return Err(Error::BrokenElement { name, element, bytes });
    }
    let end = start.saturating_add(bytes / each);
    if start >= end || end > count {
        return Err(Error::OutsideBuffer { name, start, end, count });
    }
    let is_whole = |place: u64| (place * each).is_multiple_of(4);
    if !is_whole(start) || !(is_whole(end) || end == count) {
        return Err(Error::BrokenWord { name, start, end, each: 4 / each });
    }
    Ok(start * each)
}

/// Whether any bytes are contents of a buffer of this type as they are.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn is_normal(element: ElementType) -> bool {
    element.components() != 3 && element != ElementType::Boolean
}

/// Makes any bytes contents of a buffer of this type: fourth components that are pads are zero, and booleans 0 or 1.
pub(crate) fn normalize(element: ElementType, bytes: &mut [u8]) {
    if element.component() == Component::Boolean {
        bytes.iter_mut().for_each(|byte| *byte = u8::from(*byte != 0));
    }
    if element.components() == 3 {
        // Their components are words of 32 bits.
        bytes.as_chunks_mut::<16>().0.iter_mut().for_each(|vector| vector[12..].fill(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer(element: ElementType, size: &[u32]) -> BufferDescription {
        BufferDescription { name: "a".into(), element, size: size.into() }
    }

    #[test]
    fn pads_are_zero_and_booleans_are_0_or_1() {
        for element in ElementType::ALL {
            let mut bytes = [0xAB; 32];
            normalize(element, &mut bytes);
            let expected = match element {
                ElementType::Boolean => [1; 32],
                ElementType::Vec3 | ElementType::Vec3i | ElementType::Vec3u => {
                    std::array::from_fn(|place| if place % 16 < 12 { 0xAB } else { 0 })
                }
                _ => [0xAB; 32],
            };
            assert_eq!(bytes, expected, "{element:?}");
            assert_eq!(is_normal(element), expected == [0xAB; 32], "{element:?}");
        }
    }

    #[test]
    fn buffers_of_vectors_are_made_of_their_components() {
        let data = |element, bytes| Data { element, bytes: Bytes::from(vec![0_u8; bytes]) };
        assert_eq!(data(ElementType::I32, 16).check(&buffer(ElementType::Vec3i, &[1])), Ok(()));
        assert_eq!(data(ElementType::Vec3i, 16).check(&buffer(ElementType::Vec3i, &[1])), Ok(()));
        let text = |element, bytes, buffer| data(element, bytes).check(&buffer).unwrap_err().to_string();
        for (given, element) in [
            (ElementType::Number, ElementType::Vec3i),
            (ElementType::Vec4i, ElementType::Vec3i),
            (ElementType::Vec2, ElementType::Number),
            (ElementType::U8, ElementType::U8Clamped),
            (ElementType::U8, ElementType::Boolean),
        ] {
            let expected = format!("holds elements of type {}, not {}", element.name(), given.name());
            let text = text(given, 16, buffer(element, &[1]));
            assert!(text.contains(&expected), "{text}");
        }
        assert_eq!(
            text(ElementType::F64, 4, buffer(ElementType::Number, &[1])),
            "the buffer \"a\" holds elements of type number, not f64; use number here, which is f32 in Rust"
        );
        assert_eq!(
            text(ElementType::I16, 8, buffer(ElementType::I16, &[3])),
            "the buffer \"a\" of size [3] holds 3 elements of type i16, but 4 were given; give exactly as many"
        );
        assert_eq!(
            text(ElementType::Number, 12, buffer(ElementType::Vec2, &[2])),
            "the buffer \"a\" holds elements of type vec2, which take 8 bytes each, but 12 bytes were given; give whole elements"
        );
    }
}
