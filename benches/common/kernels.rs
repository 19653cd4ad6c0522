//! The kernels of `benches/kernels/`, written as the documentation writes them, without hints.

/// W1: every element times two.
pub const DOUBLE: &str = include_str!("../kernels/double.js");
/// W2: a step of heat from `heat` to `next`.
pub const HEAT: &str = include_str!("../kernels/heat.js");
/// W3: a Julia set of at most 1000 iterations a pixel.
pub const JULIA: &str = include_str!("../kernels/julia.js");
/// W4: all pairs of bodies, which have no masses.
pub const BODIES: &str = include_str!("../kernels/bodies.js");
/// W5: a dot product a thread.
pub const PRODUCT: &str = include_str!("../kernels/product.js");
/// W6: as little as a run can do.
pub const INCREMENT: &str = include_str!("../kernels/increment.js");
/// W8: a sparse matrix, by rows, times a vector.
pub const SPARSE: &str = include_str!("../kernels/sparse.js");
/// W9: the mean of neighbours in a row, as many as a uniform says.
pub const BLUR: &str = include_str!("../kernels/blur.js");
/// W10: [`PRODUCT`] over flat buffers, whose size is a uniform.
pub const FLAT_PRODUCT: &str = include_str!("../kernels/flat_product.js");
/// W11: 64 rounds of a hash of 32 bits.
pub const HASH: &str = include_str!("../kernels/hash.js");
/// W12: how long a number takes to 1 if it is halved, or tripled and 1 added, and how far up it gets.
pub const COLLATZ: &str = include_str!("../kernels/collatz.js");
/// W13: numbers from 0 to 1 counted into 256 bins.
pub const HISTOGRAM: &str = include_str!("../kernels/histogram.js");
/// W14: numbers added to cells all over memory.
pub const SCATTER: &str = include_str!("../kernels/scatter.js");

/// [`HEAT`], and the same with the two buffers exchanged: nothing is copied between two steps.
pub fn heat_there_and_back() -> Vec<String> {
    let back = HEAT
        .replace("buffers.heat", "buffers.other")
        .replace("buffers.next", "buffers.heat")
        .replace("buffers.other", "buffers.next");
    vec![HEAT.to_owned(), back]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_exchanges_the_buffers() {
        let [there, back] = heat_there_and_back().try_into().unwrap();
        assert!(there.contains("buffers.next[x][y] = h") && back.contains("buffers.heat[x][y] = h"));
        assert!(!back.contains("h = inputs.buffers.heat"));
    }
}
