//! The extents of runs and buffers: one to three numbers.

/// How many threads a run has along x, y and z: `n`, `[x]`, `[x, y]`, `[x, y, z]` or a tuple of these.
///
/// What is left out is 1. Every extent must be at least 1, and their product at most 2^31 - 1. It is sealed.
pub trait Extent: sealed::Extent {
    #[doc(hidden)]
    fn threads(self) -> [u32; 3];
}

/// The extents of a buffer: `n`, `[n]`, `[rows, columns]` or three; the last one is contiguous. It is sealed.
pub trait BufferSize: sealed::BufferSize {
    #[doc(hidden)]
    fn extents(&self) -> Vec<u32>;
}

macro_rules! extent {
    ($($type:ty: $pattern:pat => $threads:expr),* $(,)?) => {
        $(impl Extent for $type {
            fn threads(self) -> [u32; 3] {
                let $pattern = self;
                $threads
            }
        }

        impl sealed::Extent for $type {})*
    };
}

extent! {
    u32: x => [x, 1, 1],
    [u32; 1]: [x] => [x, 1, 1],
    [u32; 2]: [x, y] => [x, y, 1],
    [u32; 3]: [x, y, z] => [x, y, z],
    (u32,): (x,) => [x, 1, 1],
    (u32, u32): (x, y) => [x, y, 1],
    (u32, u32, u32): (x, y, z) => [x, y, z],
}

impl BufferSize for u32 {
    fn extents(&self) -> Vec<u32> {
        vec![*self]
    }
}

/// For sizes that are known only when the program runs: one to three extents, or the size is refused.
impl BufferSize for &[u32] {
    fn extents(&self) -> Vec<u32> {
        self.to_vec()
    }
}

macro_rules! buffer_size {
    ($($rank:literal),*) => {
        $(impl BufferSize for [u32; $rank] {
            fn extents(&self) -> Vec<u32> {
                self.to_vec()
            }
        }

        impl sealed::BufferSize for [u32; $rank] {})*
    };
}

buffer_size!(1, 2, 3);

/// Keeps others from implementing the traits.
mod sealed {
    pub trait Extent {}
    pub trait BufferSize {}
    impl BufferSize for u32 {}
    impl BufferSize for &[u32] {}
}
