//! Operands: edges, and random ones where mistakes would hide.

use super::oracle;

/// Pairs of doubles, as bits.
pub(super) struct Pairs {
    edges: Vec<f64>,
    random: Vec<[f64; 2]>,
}

impl Pairs {
    /// The edges, and so many random pairs.
    pub(super) fn new(count: usize, seed: u64) -> Self {
        let edges = edges();
        let mut random = Random(seed);
        let random = (0..count).map(|index| random.pair(index, &edges)).collect();
        Self { edges, random }
    }

    /// All pairs of edges, and the random ones.
    pub(super) fn doubles(&self) -> Vec<[u64; 2]> {
        let edges = self.edges.iter().flat_map(|&a| self.edges.iter().map(move |&b| [a, b]));
        edges.chain(self.random.iter().copied()).map(|pair| pair.map(f64::to_bits)).collect()
    }

    /// The same rounded to integers; none is NaN.
    pub(super) fn whole(&self) -> Vec<[u64; 2]> {
        let rounded = |bits| {
            let number = f64::from_bits(bits);
            if number.is_nan() { 0.0 } else { number.trunc() }
        };
        self.doubles().into_iter().map(|pair| pair.map(|bits| rounded(bits).to_bits())).collect()
    }

    /// Each operand alone.
    pub(super) fn singly(&self) -> Vec<[u64; 2]> {
        let random = self.random.iter().flatten();
        self.edges.iter().chain(random).map(|operand| [operand.to_bits(), 0]).collect()
    }

    /// The same with integers as exponents: small ones, large ones, and such that the power is a double of any size.
    pub(super) fn powers(&self) -> Vec<[u64; 2]> {
        let mut random = Random(7);
        let fitting = self.random.iter().map(|&[a, b]| {
            let largest = 1074.0 / a.abs().log2().abs();
            let exponent = match random.below(4) {
                0 => random.below(80) as f64 - 40.0,
                1 => b,
                _ => largest * (random.fraction() * 2.2 - 1.1),
            };
            [a, exponent.trunc()]
        });
        let near_one = (0..self.random.len() / 4).map(|index| {
            let a = f64::from_bits(1f64.to_bits().wrapping_add_signed(index as i64 % 2000 - 1000));
            let b = (1000.0 / a.log2().abs()).min(1e18) * (index as f64 / self.random.len() as f64 - 0.1);
            [a, b.trunc()]
        });
        let whole = self.edges.iter().flat_map(|&a| self.edges.iter().map(move |&b| [a, b.trunc()]));
        let small = (-40..=40).flat_map(|a| (-60..=60).map(move |b| [f64::from(a), f64::from(b)]));
        whole.chain(small).chain(fitting).chain(near_one).map(|pair| pair.map(f64::to_bits)).collect()
    }

    /// Bits of singles.
    pub(super) fn singles(&self) -> Vec<[u64; 2]> {
        let halves = (0..0x7c00_u64).flat_map(|half| {
            // Half-way between two halves, and next to there.
            let middle = ((oracle::half(half) + oracle::half(half + 1)) / 2.0) as f32;
            [-1, 0, 1].map(|step| u64::from(middle.to_bits().wrapping_add_signed(step)))
        });
        let doubles = self
            .singly()
            .into_iter()
            .flat_map(|[bits, _]| [u64::from((f64::from_bits(bits) as f32).to_bits()), bits & 0xffff_ffff]);
        halves.chain(doubles).map(|bits| [bits, 0]).collect()
    }

    /// Integers of 32 bits.
    pub(super) fn integers(&self) -> Vec<[u64; 2]> {
        let rounded = |bits| f64::from_bits(bits) as i64 as u32;
        let doubles =
            self.singly().into_iter().flat_map(|[bits, _]| [u64::from(rounded(bits)), bits & 0xffff_ffff]);
        doubles.map(|bits| [bits, 0]).collect()
    }
}

/// Where something changes: each with its neighbours and its negative.
fn edges() -> Vec<f64> {
    let mut sizes = vec![0.0, f64::INFINITY, f64::NAN, f64::MAX, f64::MIN_POSITIVE, f64::MIN_POSITIVE / 2.0];
    sizes.extend([5e-324, 1e-323, 1e-310, f64::from_bits(f64::MIN_POSITIVE.to_bits() - 1), 1e-300, 1e300]);
    sizes.extend([0.1, 0.25, 0.3, 0.49999999999999994, 0.5, 0.5000000000000001, 0.75, 0.9999999999999999]);
    sizes.extend([1.0000000000000002, 1.5, 2.5, 3.5, 1.0 / 3.0, 254.5, 255.49999999999997, 255.5, 127.5]);
    sizes.extend([1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 1000.0, 65519.99999999999, 65520.0, 65535.0, 48271.0]);
    for power in [16, 24, 31, 32, 33, 50, 51, 52, 53, 54, 62, 63, 64, 83, 84] {
        let power = 2f64.powi(power);
        sizes.extend([power - 1.0, power, power + 1.0]);
    }
    // Next to the largest small integers.
    let word = 2f64.powi(32);
    let small = 2f64.powi(51);
    sizes.extend([small - word - 1.0, small - word, small - word + 1.0, small - 0.5, small + 0.5]);
    sizes.extend([2_147_483_646.5, 2_147_483_647.5, 4_294_967_295.5, 16_777_217.5, 4_503_599_627_370_495.5]);
    // Next to the largest and the smallest singles, and half-way between some.
    sizes.extend([
        f64::from(f32::MAX),
        3.4028235677973366e38,
        3.4028235677973362e38,
        1e-45,
        7.006492321624085e-46,
    ]);
    sizes.extend([1.0 + 2f64.powi(-24), 1.0 + 3.0 * 2f64.powi(-24), f64::from(f32::MIN_POSITIVE), 1e-40]);
    sizes.extend([2f64.powi(-960), 2f64.powi(-537), 2f64.powi(-511), 2f64.powi(511), 2f64.powi(1023)]);
    sizes.extend([1e15, 1e17, 1e22, 123456789.0, 6364136223846793005.0, 16777619.0, 2654435761.0]);
    sizes.into_iter().flat_map(|size| [size, -size]).collect()
}

/// The generator SplitMix64.
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: u64) -> u64 {
        self.bits() % end
    }

    fn fraction(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * 2f64.powi(-53)
    }

    /// An integer of any number of digits up to this one, and its sign.
    fn integer(&mut self, digits: u64) -> f64 {
        let size = self.bits() >> (64 - 1 - self.below(digits)) >> self.below(2);
        let size = if self.below(4) == 0 { size & !(size >> 1) } else { size };
        if self.below(2) == 0 { size as f64 } else { -(size as f64) }
    }

    /// A double with this exponent or one near it.
    fn near(&mut self, exponent: i32, distance: u64) -> f64 {
        let exponent = exponent + self.below(2 * distance + 1) as i32 - distance as i32;
        let sign = self.bits() & 1 << 63;
        let sparse = if self.below(3) == 0 { !0 << self.below(52) } else { !0 };
        let fraction = self.bits() & sparse & ((1 << 52) - 1);
        f64::from_bits(sign | (exponent.clamp(0, 2046) as u64) << 52 | fraction)
    }

    /// Another double a few steps away.
    fn beside(&mut self, value: f64) -> f64 {
        f64::from_bits(value.to_bits().wrapping_add_signed(self.below(7) as i64 - 3))
    }

    fn edge(&mut self, edges: &[f64]) -> f64 {
        edges[self.below(edges.len() as u64) as usize]
    }

    /// One pair of each kind in turn.
    fn pair(&mut self, index: usize, edges: &[f64]) -> [f64; 2] {
        match index % 14 {
            0 => [f64::from_bits(self.bits()), f64::from_bits(self.bits())],
            1 => [self.integer(62), self.integer(62)],
            2 => [self.integer(53), self.integer(33)],
            3 => [self.integer(32), self.integer(32)],
            // Sums of numbers that overlap.
            4 => [self.near(1023, 30), self.near(1023, 60)],
            // Products with a digit more than a double, which are often half-way.
            5 => [self.integer(28), self.integer(28)],
            6 => [self.integer(40) / 256.0, self.integer(40) / 1024.0],
            // By a power of two.
            7 => [
                self.integer(62),
                2f64.powi(self.below(64) as i32) * if self.below(2) == 0 { 1.0 } else { -1.0 },
            ],
            // Quotients and remainders next to a change.
            8 => {
                let (a, b) = (self.integer(27), self.near(1023, 20));
                [self.beside(a * b), b]
            }
            // Sums that cancel.
            9 => {
                let a = self.near(1023, 1000);
                [a, -self.beside(a)]
            }
            // Subnormal sums, and products and quotients that are nearly or just so.
            10 => [self.near(20, 40), self.near(20, 40)],
            11 => {
                let exponent = self.below(2046) as i32;
                let product = if self.below(2) == 0 { 1023 - exponent } else { exponent + 1023 };
                [self.near(exponent, 30), self.near(product, 30)]
            }
            // Next to half-way between singles, halves and bytes.
            12 => {
                let single = f64::from(f32::from_bits(self.bits() as u32 & 0x7fff_fffe | 1));
                let small = self.below(1 << 20) as f64 / 4096.0;
                let middle = f64::from_bits(single.to_bits() | 1 << 28);
                [self.beside(middle), self.beside(small)]
            }
            _ => {
                let edge = self.edge(edges);
                let other = self.near(1023, 60);
                if self.below(2) == 0 { [edge, other] } else { [other, self.beside(edge)] }
            }
        }
    }
}
