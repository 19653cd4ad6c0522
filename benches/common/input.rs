//! The data that all contestants start from, by one formula that each language computes exactly.

/// Number `index` of [`numbers`].
pub fn number(index: u64, offset: u64) -> f32 {
    (((7919 * index + offset) % 1009) as f64 / 1009.0) as f32
}

/// `count` numbers in [0, 1) that look random: `(7919 i + offset) mod 1009 / 1009`, rounded to `f32` once.
///
/// The programs in other languages have the same function.
pub fn numbers(count: u32, offset: u64) -> Vec<f32> {
    (0..u64::from(count)).map(|index| number(index, offset)).collect()
}

/// What a buffer holds.
#[derive(Clone, Debug)]
pub enum Data {
    /// Numbers, or the components of vectors.
    Floats(Vec<f32>),
    /// `i32` or `u32`.
    Words(Vec<u32>),
}

impl Data {
    /// As it lies in memory.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Floats(floats) => bytemuck::cast_slice(floats),
            Self::Words(words) => bytemuck::cast_slice(words),
        }
    }
}

impl From<Vec<f32>> for Data {
    fn from(floats: Vec<f32>) -> Self {
        Self::Floats(floats)
    }
}

impl From<Vec<u32>> for Data {
    fn from(words: Vec<u32>) -> Self {
        Self::Words(words)
    }
}

/// The halves of words, the lower one first. Floats hold them exactly.
pub fn halves(words: &[u32]) -> Vec<f32> {
    words.iter().flat_map(|&word| [word as u16, (word >> 16) as u16]).map(f32::from).collect()
}

/// The halves of a word, and the four of an integer of 64 bits.
pub fn beside(word: u32, integer: u64) -> [f32; 6] {
    let [a, b, c, d] = [0, 16, 32, 48].map(|shift| f32::from((integer >> shift) as u16));
    [f32::from(word as u16), f32::from((word >> 16) as u16), a, b, c, d]
}

/// What each row of the sparse matrix of W8 has.
pub const ENTRIES: u32 = 32;

/// Where the rows of a matrix start, and where the last one ends.
pub fn row_starts(rows: u32) -> Vec<u32> {
    (0..=rows).map(|row| ENTRIES * row).collect()
}

/// The column of entry `entry` of a matrix with so many columns.
#[inline]
pub fn column(entry: u32, columns: u32) -> u32 {
    scattered(entry) % columns
}

/// Words all over the range, a different one for each index.
#[inline]
pub fn scattered(index: u32) -> u32 {
    index.wrapping_mul(2_654_435_761)
}

/// The hash of W11.
#[inline]
pub fn hash(mut h: u32) -> u32 {
    for round in 0..64 {
        h = (h ^ h >> 16).wrapping_mul(0x85eb_ca6b);
        h ^= h >> 13;
        h = h.wrapping_mul(0xc2b2_ae35).wrapping_add(round);
        h = h.rotate_left(5);
    }
    h
}

/// The steps that `n` takes to 1, where an even number is halved, and an odd one tripled and 1 added; and the largest number on the way.
#[inline]
pub fn collatz(mut n: u64) -> (u32, u64) {
    let (mut steps, mut peak) = (0, n);
    while n > 1 {
        n = if n.is_multiple_of(2) { n / 2 } else { 3 * n + 1 };
        peak = peak.max(n);
        steps += 1;
    }
    (steps, peak)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_of_27_is_known() {
        assert_eq!(collatz(27), (111, 9232));
        // The highest of all below ten millions.
        assert_eq!(collatz(6_631_675), (576, 60_342_610_919_632));
        assert_eq!(
            beside(65_537, 60_342_610_919_632)[..3],
            [1.0, 1.0, (60_342_610_919_632_u64 % 65_536) as f32]
        );
    }

    #[test]
    fn floats_hold_halves() {
        assert_eq!(halves(&[u32::MAX, 65_536]), [65_535.0, 65_535.0, 0.0, 1.0]);
    }
}
