//! What is known of a number: whether it is an integer, between which bounds it lies, whether it may be NaN.
//!
//! **Soundness.** A [`Value`] describes the set of doubles that JavaScript could compute. Every operation here returns a
//! description of all results of the operation on described operands: interval arithmetic on the corners, which suffices as
//! each operation is monotone in each operand on either side of zero. Integers up to 2^53 are exact in `f64`, in which the bounds are
//! kept. The device rounds to single precision where JavaScript does not, so bounds of anything that may be computed in floats are
//! padded outward by more than the device may err in one operation, and become infinite beyond the largest single. An infinite
//! bound means that the value may really be infinite; only then can sums and products be NaN.
//!
//! The sign of an integer zero is not tracked.

/// The largest integer that is promised to be exact (K8), which is also where an `i32` ends.
pub const LARGEST: f64 = 2_147_483_647.0;
/// Two to the power of 32.
pub const TWO_32: f64 = 4_294_967_296.0;
/// Doubles are exact integers up to here.
pub const TWO_53: f64 = 9_007_199_254_740_992.0;
/// Singles are exact integers up to here.
pub const TWO_24: f64 = 16_777_216.0;
/// More than single precision loses in one operation, relative to its result.
const PADDING: f64 = 1.0 / 1_048_576.0;

/// A set of numbers. Empty if `low` exceeds `high` and it may not be NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// Whether every finite member is an integer.
    pub integer: bool,
    /// No member is below.
    pub low: f64,
    /// No member is above.
    pub high: f64,
    /// Whether NaN is a member.
    pub nan: bool,
}

impl Value {
    /// No number at all: what is never computed.
    pub const NOTHING: Self = Self { integer: true, low: f64::INFINITY, high: f64::NEG_INFINITY, nan: false };
    /// Any number.
    pub const ANY: Self = Self { integer: false, low: f64::NEG_INFINITY, high: f64::INFINITY, nan: true };
    /// Zero.
    pub const ZERO: Self = Self::integers(0.0, 0.0);
    /// The 32-bit signed integers.
    pub const INT32: Self = Self::integers(-2_147_483_648.0, LARGEST);

    /// The integers from `low` to `high`.
    pub const fn integers(low: f64, high: f64) -> Self {
        Self { integer: true, low, high, nan: false }
    }

    /// The numbers from `low` to `high`.
    pub const fn floats(low: f64, high: f64) -> Self {
        Self { integer: false, low, high, nan: false }
    }

    /// Just `number`. A negative zero is not called an integer, so that it keeps its sign.
    pub fn of(number: f64) -> Self {
        if number.is_nan() {
            return Self { nan: true, ..Self::NOTHING };
        }
        let negative_zero = number == 0.0 && number.is_sign_negative();
        let integer = number.fract() == 0.0 && !negative_zero;
        Self { integer, low: number, high: number, nan: false }
    }

    /// Whether there is no number in it, NaN aside.
    pub fn is_empty(self) -> bool {
        self.low > self.high
    }

    /// Whether all are integers from `low` to `high`.
    pub fn is_within(self, low: f64, high: f64) -> bool {
        self.integer && !self.nan && self.low >= low && self.high <= high
    }

    /// Whether all are integers that an `i32` holds exactly.
    pub fn fits_i32(self) -> bool {
        self.is_within(-LARGEST - 1.0, LARGEST)
    }

    /// Whether all are integers that a `u32` holds exactly.
    pub fn fits_u32(self) -> bool {
        self.is_within(0.0, TWO_32 - 1.0)
    }

    /// Whether zero may be in it.
    pub fn contains_zero(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    /// The only member, if there is one.
    pub fn single(self) -> Option<f64> {
        (self.low == self.high && !self.nan).then_some(self.low)
    }

    fn may_be_infinite(self) -> bool {
        self.low == f64::NEG_INFINITY || self.high == f64::INFINITY
    }

    /// Everything in either.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            integer: self.integer && other.integer,
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            nan: self.nan || other.nan,
        }
    }

    /// What is in both.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        Self {
            integer: self.integer || other.integer,
            low: self.low.max(other.low),
            high: self.high.min(other.high),
            nan: self.nan && other.nan,
        }
    }

    /// `next`, with each bound that moved since `self` moved as far as it can go.
    #[must_use]
    pub fn widen(self, next: Self) -> Self {
        let low = match next.low {
            low if low >= self.low => low,
            low if low >= 0.0 => 0.0,
            _ => f64::NEG_INFINITY,
        };
        let high = if next.high > self.high { f64::INFINITY } else { next.high };
        Self { low, high, ..next }
    }

    /// Allows for the rounding of the device where it may compute in floats.
    fn settle(self) -> Self {
        if self.is_empty() || (self.integer && self.low >= -TWO_32 && self.high <= TWO_32) {
            return self;
        }
        self.padded()
    }

    /// With bounds as far out as one operation in floats may err.
    #[must_use]
    pub fn padded(self) -> Self {
        let limit =
            |bound: f64| if bound.abs() > f64::from(f32::MAX) { bound * f64::INFINITY } else { bound };
        let low = limit(self.low - self.low.abs() * PADDING);
        let high = limit(self.high + self.high.abs() * PADDING);
        if self.integer {
            Self { low: low.floor(), high: high.ceil(), ..self }
        } else {
            Self { low, high, ..self }
        }
    }

    /// `self + other`
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return self.lacking(other);
        }
        let cancels = |a: Self, b: Self| a.high == f64::INFINITY && b.low == f64::NEG_INFINITY;
        let low = self.low + other.low;
        let high = self.high + other.high;
        Self {
            integer: self.integer && other.integer,
            low: if low.is_nan() { f64::NEG_INFINITY } else { low },
            high: if high.is_nan() { f64::INFINITY } else { high },
            nan: self.nan || other.nan || cancels(self, other) || cancels(other, self),
        }
        .settle()
    }

    /// `-self`
    #[must_use]
    pub fn negate(self) -> Self {
        Self { low: -self.high, high: -self.low, ..self }
    }

    /// `self - other`
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(other.negate())
    }

    /// `self * other`
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return self.lacking(other);
        }
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        let vanishes = |a: Self, b: Self| a.contains_zero() && b.may_be_infinite();
        Self {
            integer: self.integer && other.integer,
            nan: self.nan || other.nan || vanishes(self, other) || vanishes(other, self),
            ..self.corners(other, product)
        }
        .settle()
    }

    /// `self / other`, which is never taken for an integer.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self { integer: false, ..self.lacking(other) };
        }
        if other.contains_zero() {
            return Self::ANY;
        }
        let quotient = |a: f64, b: f64| if a == 0.0 || b.is_infinite() { 0.0 } else { a / b };
        // An infinite divisor may meet an infinite dividend, whose quotient could also be anything between.
        if self.may_be_infinite() && other.may_be_infinite() {
            return Self::ANY;
        }
        Self { integer: false, nan: self.nan || other.nan, ..self.corners(other, quotient) }.settle()
    }

    /// `self % other`: the sign of `self`, smaller than `other`.
    #[must_use]
    pub fn remainder(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return self.lacking(other);
        }
        let integer = self.integer && other.integer;
        let divisor = other.low.abs().max(other.high.abs());
        let largest = if integer { (divisor - 1.0).max(0.0) } else { divisor };
        Self {
            integer,
            low: if self.low < 0.0 { -largest.min(-self.low) } else { 0.0 },
            high: if self.high > 0.0 { largest.min(self.high) } else { 0.0 },
            nan: self.nan || other.nan || other.contains_zero() || self.may_be_infinite(),
        }
        .settle()
    }

    /// What an operation gives if one operand has no number: nothing, or NaN.
    fn lacking(self, other: Self) -> Self {
        Self { nan: self.nan || other.nan, ..Self::NOTHING }
    }

    fn corners(self, other: Self, of: impl Fn(f64, f64) -> f64) -> Self {
        let all = [
            of(self.low, other.low),
            of(self.low, other.high),
            of(self.high, other.low),
            of(self.high, other.high),
        ];
        Self {
            low: all.iter().copied().fold(f64::INFINITY, f64::min),
            high: all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            ..self
        }
    }

    /// A function that never falls, applied to the bounds.
    #[must_use]
    pub fn rising(self, of: impl Fn(f64) -> f64) -> Self {
        if self.is_empty() { self } else { Self { low: of(self.low), high: of(self.high), ..self } }
    }

    /// `Math.floor` and its like: a rising function to the integers.
    #[must_use]
    pub fn rounded(self, of: impl Fn(f64) -> f64) -> Self {
        Self { integer: true, ..self.rising(of) }
    }

    /// `Math.abs`
    #[must_use]
    pub fn abs(self) -> Self {
        if self.is_empty() || self.low >= 0.0 {
            return self;
        }
        let high = self.high.max(-self.low);
        Self { low: if self.high < 0.0 { -self.high } else { 0.0 }, high, ..self }
    }

    /// `Math.min`
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return self.lacking(other);
        }
        Self { low: self.low.min(other.low), high: self.high.min(other.high), ..self.join(other) }
    }

    /// `Math.max`
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        self.negate().min(other.negate()).negate()
    }

    /// `Math.sqrt`
    #[must_use]
    pub fn sqrt(self) -> Self {
        if self.is_empty() {
            return Self { integer: false, ..self };
        }
        let root = |bound: f64| bound.max(0.0).sqrt();
        Self { integer: false, nan: self.nan || self.low < 0.0, low: root(self.low), high: root(self.high) }
            .settle()
    }
}
