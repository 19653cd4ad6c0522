//! What buffers hold, as Rust types.

use artifact::ElementType;
use runtime::Data;

/// A type that buffers hold: `f32`, `[f32; 2]`, `[f32; 3]` or `[f32; 4]`.
///
/// It is sealed: there are no others.
pub trait Element: Copy + Send + sealed::Element + 'static {
    /// What kernels call it.
    const TYPE: ElementType;

    #[doc(hidden)]
    fn pack(elements: &[Self]) -> Vec<f32>;

    #[doc(hidden)]
    fn pack_owned(elements: Vec<Self>) -> Vec<f32> {
        Self::pack(&elements)
    }

    /// The floats as they lie there, if that is how buffers hold them.
    #[doc(hidden)]
    fn packed(elements: &[Self]) -> Option<&[f32]>;

    #[doc(hidden)]
    fn unpack(floats: Vec<f32>) -> Vec<Self>;
}

impl Element for f32 {
    const TYPE: ElementType = ElementType::Number;

    fn pack(elements: &[Self]) -> Vec<f32> {
        elements.to_vec()
    }

    fn pack_owned(elements: Vec<Self>) -> Vec<f32> {
        elements
    }

    fn packed(elements: &[Self]) -> Option<&[f32]> {
        Some(elements)
    }

    fn unpack(floats: Vec<f32>) -> Vec<Self> {
        floats
    }
}

impl Element for [f32; 2] {
    const TYPE: ElementType = ElementType::Vec2;

    fn pack(elements: &[Self]) -> Vec<f32> {
        elements.as_flattened().to_vec()
    }

    fn packed(elements: &[Self]) -> Option<&[f32]> {
        Some(elements.as_flattened())
    }

    fn unpack(floats: Vec<f32>) -> Vec<Self> {
        floats.as_chunks().0.to_vec()
    }
}

impl Element for [f32; 3] {
    const TYPE: ElementType = ElementType::Vec3;

    fn pack(elements: &[Self]) -> Vec<f32> {
        elements.iter().flat_map(|&[x, y, z]| [x, y, z, 0.0]).collect()
    }

    fn packed(_: &[Self]) -> Option<&[f32]> {
        None
    }

    fn unpack(floats: Vec<f32>) -> Vec<Self> {
        floats.as_chunks().0.iter().map(|&[x, y, z, _pad]| [x, y, z]).collect()
    }
}

impl Element for [f32; 4] {
    const TYPE: ElementType = ElementType::Vec4;

    fn pack(elements: &[Self]) -> Vec<f32> {
        elements.as_flattened().to_vec()
    }

    fn packed(elements: &[Self]) -> Option<&[f32]> {
        Some(elements.as_flattened())
    }

    fn unpack(floats: Vec<f32>) -> Vec<Self> {
        floats.as_chunks().0.to_vec()
    }
}

/// Elements for a buffer, row by row: an array, a slice or a `Vec` of an [`Element`].
///
/// A slice of `f32` also fills a buffer of vectors, if it is packed as [`crate::GpuInterface::read_buffer`] gives it
/// (a vec3 takes four floats). It is sealed: there are no other implementations.
pub trait IntoData: sealed::IntoData {
    #[doc(hidden)]
    const ELEMENT: ElementType;

    #[doc(hidden)]
    fn into_floats(self) -> Vec<f32>;

    /// The floats where they lie, if they are somebody else's and packed.
    #[doc(hidden)]
    fn borrowed(&self) -> Option<&[f32]>;
}

/// Elements with their type.
pub(crate) fn data<D: IntoData>(elements: D) -> Data {
    Data { element: D::ELEMENT, floats: elements.into_floats() }
}

impl<E: Element> IntoData for Vec<E> {
    const ELEMENT: ElementType = E::TYPE;

    fn into_floats(self) -> Vec<f32> {
        E::pack_owned(self)
    }

    fn borrowed(&self) -> Option<&[f32]> {
        None
    }
}

impl<E: Element> IntoData for &Vec<E> {
    const ELEMENT: ElementType = E::TYPE;

    fn into_floats(self) -> Vec<f32> {
        E::pack(self)
    }

    fn borrowed(&self) -> Option<&[f32]> {
        E::packed(self)
    }
}

impl<E: Element> IntoData for &[E] {
    const ELEMENT: ElementType = E::TYPE;

    fn into_floats(self) -> Vec<f32> {
        E::pack(self)
    }

    fn borrowed(&self) -> Option<&[f32]> {
        E::packed(self)
    }
}

impl<E: Element, const N: usize> IntoData for [E; N] {
    const ELEMENT: ElementType = E::TYPE;

    fn into_floats(self) -> Vec<f32> {
        E::pack(&self)
    }

    fn borrowed(&self) -> Option<&[f32]> {
        E::packed(self)
    }
}

impl<E: Element, const N: usize> IntoData for &[E; N] {
    const ELEMENT: ElementType = E::TYPE;

    fn into_floats(self) -> Vec<f32> {
        E::pack(self)
    }

    fn borrowed(&self) -> Option<&[f32]> {
        E::packed(*self)
    }
}

/// Keeps others from implementing the traits.
mod sealed {
    pub trait Element {}
    impl Element for f32 {}
    impl Element for [f32; 2] {}
    impl Element for [f32; 3] {}
    impl Element for [f32; 4] {}

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
    fn elements_make_a_round_trip() {
        let vectors = vec![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let floats = (&vectors).into_floats();
        assert_eq!(floats, [1.0, 2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0]);
        assert_eq!(<[f32; 3]>::unpack(floats), vectors);
        assert_eq!(<[f32; 2]>::unpack([[1.0, 2.0]].into_floats()), [[1.0, 2.0]]);
        assert_eq!(<[f32; 4]>::unpack([[1.0, 2.0, 3.0, 4.0]].into_floats()), [[1.0, 2.0, 3.0, 4.0]]);
    }
}
