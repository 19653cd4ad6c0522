//! What buffers hold, as Rust types.

use std::fmt;
use std::ops::{Deref, DerefMut};

use artifact::ElementType;
use half::f16;
use runtime::{Bytes, Clamped, Contents, Data, as_bytes};

/// A type that buffers hold: `f32`, `i32`, `u32`, `i16`, `u16`, `i8`, `u8`, [`Clamped`], [`f16`](struct@f16), `f64`, `bool`, or an array of two, three
/// or four `f32`, `i32` or `u32`.
///
/// `f32`, `i32` and `u32` also write and read buffers of vectors of theirs: a vector of three takes four, the last one zero.
///
/// It is sealed: there are no others.
pub trait Element: Copy + Send + sealed::Element + 'static {
    /// The element type, by which kernels and messages know it.
    const TYPE: ElementType;

    /// The elements as they lie in buffers.
    #[doc(hidden)]
    fn pack(elements: &[Self]) -> Bytes;

    #[doc(hidden)]
    fn pack_owned(elements: Vec<Self>) -> Bytes {
        Self::pack(&elements)
    }

    /// The bytes as they are, if that is how they lie in buffers.
    #[doc(hidden)]
    fn packed(elements: &[Self]) -> Option<&[u8]>;

    #[doc(hidden)]
    fn unpack(contents: Contents) -> Vec<Self>;

    /// The elements where they lie, if they are there as Rust has them.
    #[doc(hidden)]
    fn view(_contents: &Contents) -> Option<&[Self]> {
        None
    }

    #[doc(hidden)]
    fn view_mut(_contents: &mut Contents) -> Option<&mut [Self]> {
        None
    }
}

/// Types that lie in buffers as they do in Rust.
macro_rules! plain {
    ($($type:ty => $element:ident),* $(,)?) => {
        $(impl Element for $type {
            const TYPE: ElementType = ElementType::$element;

            fn pack(elements: &[Self]) -> Bytes {
                elements.to_vec().into()
            }

            fn pack_owned(elements: Vec<Self>) -> Bytes {
                elements.into()
            }

            fn packed(elements: &[Self]) -> Option<&[u8]> {
                Some(as_bytes(elements))
            }

            fn unpack(contents: Contents) -> Vec<Self> {
                contents.into_vec()
            }

            fn view(contents: &Contents) -> Option<&[Self]> {
                contents.elements()
            }

            fn view_mut(contents: &mut Contents) -> Option<&mut [Self]> {
                contents.elements_mut()
            }
        }

        impl sealed::Element for $type {})*
    };
}

plain! {
    f32 => Number,
    i32 => I32,
    u32 => U32,
    i16 => I16,
    u16 => U16,
    i8 => I8,
    u8 => U8,
    Clamped => U8Clamped,
    f16 => F16,
    f64 => F64,
    [f32; 2] => Vec2,
    [f32; 4] => Vec4,
    [i32; 2] => Vec2i,
    [i32; 4] => Vec4i,
    [u32; 2] => Vec2u,
    [u32; 4] => Vec4u,
}

/// Vectors of three, which take four components.
macro_rules! padded {
    ($($component:ty => $element:ident),*) => {
        $(impl Element for [$component; 3] {
            const TYPE: ElementType = ElementType::$element;

            fn pack(elements: &[Self]) -> Bytes {
                let padded = elements.iter().map(|&[x, y, z]| [x, y, z, <$component>::default()]);
                padded.collect::<Vec<_>>().into()
            }

            fn packed(_: &[Self]) -> Option<&[u8]> {
                None
            }

            fn unpack(contents: Contents) -> Vec<Self> {
                let padded: Vec<[$component; 4]> = contents.into_vec();
                padded.into_iter().map(|[x, y, z, _pad]| [x, y, z]).collect()
            }
        }

        impl sealed::Element for [$component; 3] {})*
    };
}

padded!(f32 => Vec3, i32 => Vec3i, u32 => Vec3u);

impl Element for bool {
    const TYPE: ElementType = ElementType::Boolean;

    fn pack(elements: &[Self]) -> Bytes {
        as_bytes(elements).to_vec().into()
    }

    fn packed(elements: &[Self]) -> Option<&[u8]> {
        Some(as_bytes(elements))
    }

    fn unpack(contents: Contents) -> Vec<Self> {
        let bytes: Vec<u8> = contents.into_vec();
        bytes.into_iter().map(|byte| byte != 0).collect()
    }
}

/// Elements for a buffer, row by row: an array, a slice or a `Vec` of an [`Element`].
///
/// It is sealed: there are no other implementations.
pub trait IntoData: sealed::IntoData {
    #[doc(hidden)]
    const ELEMENT: ElementType;

    #[doc(hidden)]
    fn into_bytes(self) -> Bytes;

    /// The bytes where they lie, if they are somebody else's and packed.
    #[doc(hidden)]
    fn borrowed(&self) -> Option<&[u8]>;
}

/// Elements with their type.
pub(crate) fn data<D: IntoData>(elements: D) -> Data {
    Data { element: D::ELEMENT, bytes: elements.into_bytes() }
}

impl<E: Element> IntoData for Vec<E> {
    const ELEMENT: ElementType = E::TYPE;

    fn into_bytes(self) -> Bytes {
        E::pack_owned(self)
    }

    fn borrowed(&self) -> Option<&[u8]> {
        None
    }
}

impl<E: Element> IntoData for &Vec<E> {
    const ELEMENT: ElementType = E::TYPE;

    fn into_bytes(self) -> Bytes {
        E::pack(self)
    }

    fn borrowed(&self) -> Option<&[u8]> {
        E::packed(self)
    }
}

impl<E: Element> IntoData for &[E] {
    const ELEMENT: ElementType = E::TYPE;

    fn into_bytes(self) -> Bytes {
        E::pack(self)
    }

    fn borrowed(&self) -> Option<&[u8]> {
        E::packed(self)
    }
}

impl<E: Element, const N: usize> IntoData for [E; N] {
    const ELEMENT: ElementType = E::TYPE;

    fn into_bytes(self) -> Bytes {
        E::pack(&self)
    }

    fn borrowed(&self) -> Option<&[u8]> {
        E::packed(self)
    }
}

impl<E: Element, const N: usize> IntoData for &[E; N] {
    const ELEMENT: ElementType = E::TYPE;

    fn into_bytes(self) -> Bytes {
        E::pack(self)
    }

    fn borrowed(&self) -> Option<&[u8]> {
        E::packed(*self)
    }
}

/// Elements that were read: a slice of them, where the device wrote them if that is possible. See
/// [`GpuInterface::read_elements`](crate::GpuInterface::read_elements).
pub struct Elements<E>(Place<E>);

enum Place<E> {
    /// As the device has them, which is as Rust has them.
    There(Contents),
    Converted(Vec<E>),
}

impl<E: Element> Elements<E> {
    pub(crate) fn new(contents: Contents) -> Self {
        Self(match E::view(&contents) {
            Some(_) => Place::There(contents),
            None => Place::Converted(E::unpack(contents)),
        })
    }

    /// Whether they lie where the device wrote them.
    pub fn is_lent(&self) -> bool {
        matches!(&self.0, Place::There(contents) if contents.is_lent())
    }

    /// The elements in a vector; they are copied if the device lent its memory.
    pub fn into_vec(self) -> Vec<E> {
        match self.0 {
            Place::There(contents) => E::unpack(contents),
            Place::Converted(elements) => elements,
        }
    }
}

impl<E: Element> Deref for Elements<E> {
    type Target = [E];

    fn deref(&self) -> &[E] {
        match &self.0 {
            Place::There(contents) => E::view(contents).unwrap_or_default(),
            Place::Converted(elements) => elements,
        }
    }
}

impl<E: Element> DerefMut for Elements<E> {
    fn deref_mut(&mut self) -> &mut [E] {
        match &mut self.0 {
            Place::There(contents) => E::view_mut(contents).unwrap_or_default(),
            Place::Converted(elements) => elements,
        }
    }
}

impl<E: Element> fmt::Debug for Elements<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (len, is_lent) = (self.len(), self.is_lent());
        formatter.debug_struct("Elements").field("len", &len).field("is_lent", &is_lent).finish()
    }
}

/// Keeps others from implementing the traits.
mod sealed {
    pub trait Element {}
    impl Element for bool {}

    pub trait IntoData {}
    impl<E: Element> IntoData for Vec<E> {}
    impl<E: Element> IntoData for &Vec<E> {}
    impl<E: Element> IntoData for &[E] {}
    impl<E: Element, const N: usize> IntoData for [E; N] {}
    impl<E: Element, const N: usize> IntoData for &[E; N] {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_packed_as_their_type_says() {
        fn bytes<E: Element>(elements: Vec<E>) {
            let (count, packed) = (elements.len(), E::pack(&elements));
            assert_eq!(packed.len(), count * E::TYPE.bytes(), "{:?}", E::TYPE);
            assert!(E::packed(&elements).is_none_or(|bytes| *bytes == packed[..]));
            assert_eq!(E::pack_owned(elements), packed);
        }
        bytes(vec![1.5_f32, -2.0, 3.0]);
        bytes(vec![[1_i32, 2, 3], [4, 5, 6]]);
        bytes(vec![[1.0_f32, 2.0], [3.0, 4.0]]);
        bytes(vec![true, false, true]);
        bytes(vec![Clamped(7), Clamped(255)]);
        bytes(vec![f16::ONE]);
        assert_eq!(<[u32; 3]>::pack(&[[1, 2, 3]]).into_vec::<u32>(), [1, 2, 3, 0]);
        assert_eq!(bool::pack_owned(vec![true, false])[..], [1, 0]);
    }
}
