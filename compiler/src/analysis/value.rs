//! What is known of a number: which integers it can be, which other numbers, whether it can be NaN or -0.
//!
//! **Soundness.** A [`Value`] describes a set of numbers that JavaScript could compute. Every operation here returns a description of all
//! results of the operation on described operands: interval arithmetic on the corners, which suffices as each operation is monotone in each
//! operand on either side of zero, and rounds as JavaScript does. An infinite bound means that the number may really be infinite; only then
//! can sums and products be NaN. Bounds of fractions are padded by more than a single loses, as they may be computed in singles.
//!
//! **Integers** are exact in JavaScript up to 2^53, and beyond what a double gives. What is computed from integers by `+`, `-`, `*` and `%`, or by
//! rounding, is an integer (or infinite).
//!
//! **Fractions** are everything else, and have a grade: what a device has to compute them in.

/// The largest integer that an `i32` holds.
pub const LARGEST: f64 = 2_147_483_647.0;
/// Two to the power of 32.
pub const TWO_32: f64 = 4_294_967_296.0;
/// The largest integer that is certainly exact in JavaScript: the next one is also what the one after that is rounded to.
pub const EXACT: f64 = 9_007_199_254_740_991.0;
/// Singles are exact integers up to here.
pub const TWO_24: f64 = 16_777_216.0;
/// More than single precision loses in one operation, relative to its result.
const PADDING: f64 = 1.0 / 1_048_576.0;

/// A set of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The integers among them, the infinities if a bound is infinite.
    pub integers: Range,
    /// Whether singles hold all these integers, because they were rounded from singles.
    pub rounded: bool,
    /// The others. They may be integers too, but nothing relies on it.
    pub fractions: Range,
    /// What the others have to be computed in.
    pub grade: Grade,
    /// Whether NaN is among them.
    pub nan: bool,
    /// Whether a zero among them may be negative.
    pub negative_zero: bool,
    /// Whether zero is known not to be among them, although it lies in their range.
    pub nonzero: bool,
}

/// The numbers from `low` to `high`; none if `low` is larger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// No member is below.
    pub low: f64,
    /// No member is above.
    pub high: f64,
}

/// What fractions have to be computed in. A result has the highest grade of the operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Uniforms of which nobody knows whether they are fractions, and their sums and products: in doubles wherever it counts, as they may well
    /// be integers.
    Open,
    /// They are computed from integers and constants: in singles, but in doubles where they are rounded to integers, as there the last digit
    /// can decide.
    Fraction,
    /// They come from singles, and are singles.
    Single,
    /// They count in steps that are fractions: in doubles, so that there are as many rounds as in JavaScript. What is computed from them is a
    /// fraction like others.
    Counter,
    /// They come from doubles, and are doubles.
    Double,
}

impl Range {
    /// No number.
    pub const EMPTY: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };
    /// All numbers.
    pub const ALL: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// The numbers from `low` to `high`.
    pub const fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    /// Whether there is no number in it.
    pub fn is_empty(self) -> bool {
        self.low > self.high
    }

    /// Whether all are between two bounds.
    pub fn is_within(self, low: f64, high: f64) -> bool {
        self.is_empty() || (self.low >= low && self.high <= high)
    }

    /// Whether zero is in it.
    pub fn has_zero(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    fn is_infinite(self) -> bool {
        !self.is_empty() && (self.low == f64::NEG_INFINITY || self.high == f64::INFINITY)
    }

    /// Everything in either, and what is between.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// What is in both.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// `next`, with each bound that moved since `self` moved on to the next of the thresholds, or else as far as it can go.
    fn widen(self, next: Self, thresholds: &[f64]) -> Self {
        let mut widened = next;
        if next.low < self.low {
            let below = thresholds.iter().rev().find(|&&threshold| threshold <= next.low);
            let least = if next.low >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
            widened.low = below.copied().unwrap_or(least);
        }
        if next.high > self.high {
            let above = thresholds.iter().find(|&&threshold| threshold >= next.high);
            widened.high = above.copied().unwrap_or(f64::INFINITY);
        }
        widened
    }

    /// The numbers with the other sign.
    #[must_use]
    pub fn negate(self) -> Self {
        Self { low: -self.high, high: -self.low }
    }

    fn plus(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::EMPTY;
        }
        let (low, high) = (self.low + other.low, self.high + other.high);
        Self {
            low: if low.is_nan() { f64::NEG_INFINITY } else { low },
            high: if high.is_nan() { f64::INFINITY } else { high },
        }
    }

    fn corners(self, other: Self, of: impl Fn(f64, f64) -> f64) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::EMPTY;
        }
        let all = [
            of(self.low, other.low),
            of(self.low, other.high),
            of(self.high, other.low),
            of(self.high, other.high),
        ];
        Self {
            low: all.iter().copied().fold(f64::INFINITY, f64::min),
            high: all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    fn times(self, other: Self) -> Self {
        self.corners(other, |a, b| if a == 0.0 || b == 0.0 { 0.0 } else { a * b })
    }

    /// `self / other`, for a divisor that is not zero.
    fn over(self, other: Self) -> Self {
        if self.is_infinite() && other.is_infinite() {
            return Self::ALL;
        }
        self.corners(other, |a, b| if a == 0.0 || b.is_infinite() { 0.0 } else { a / b })
    }

    /// A function that never falls, applied to the bounds.
    fn rising(self, of: impl Fn(f64) -> f64) -> Self {
        if self.is_empty() { self } else { Self { low: of(self.low), high: of(self.high) } }
    }

    /// With bounds as far out as one operation in singles may err.
    fn padded(self) -> Self {
        if self.is_empty() {
            return self;
        }
        // What is too large for singles is infinite in them, but not in doubles.
        let most = f64::from(f32::MAX);
        let (low, high) = (self.low - self.low.abs() * PADDING, self.high + self.high.abs() * PADDING);
        Self {
            low: if low < -most { f64::NEG_INFINITY } else { low.min(most) },
            high: if high > most { f64::INFINITY } else { high.max(-most) },
        }
    }

    fn abs(self) -> Self {
        if self.is_empty() || self.low >= 0.0 {
            return self;
        }
        Self { low: if self.high < 0.0 { -self.high } else { 0.0 }, high: self.high.max(-self.low) }
    }
}

impl Value {
    /// No number at all: what is never computed.
    pub const NOTHING: Self = Self {
        integers: Range::EMPTY,
        rounded: true,
        fractions: Range::EMPTY,
        grade: Grade::Open,
        nan: false,
        negative_zero: false,
        nonzero: false,
    };
    /// Zero.
    pub const ZERO: Self = Self::integers(0.0, 0.0);
    /// The 32-bit signed integers.
    pub const INT32: Self = Self::integers(-2_147_483_648.0, LARGEST);
    /// The 32-bit unsigned integers.
    pub const UINT32: Self = Self::integers(0.0, TWO_32 - 1.0);

    /// The integers from `low` to `high`.
    pub const fn integers(low: f64, high: f64) -> Self {
        Self { integers: Range { low, high }, rounded: false, ..Self::NOTHING }
    }

    /// The fractions of a grade from `low` to `high`.
    pub const fn fractions(grade: Grade, low: f64, high: f64) -> Self {
        Self { fractions: Range { low, high }, grade, negative_zero: low <= 0.0, ..Self::NOTHING }
    }

    /// Any number of a grade, of which it is not known that it is an integer.
    pub const fn any(grade: Grade) -> Self {
        Self { nan: true, ..Self::fractions(grade, f64::NEG_INFINITY, f64::INFINITY) }
    }

    /// Just `number`.
    pub fn of(number: f64) -> Self {
        if number.is_nan() {
            return Self { nan: true, ..Self::NOTHING };
        }
        if number.fract() == 0.0 || number.is_infinite() {
            let negative_zero = number == 0.0 && number.is_sign_negative();
            let rounded = f64::from(number as f32) == number;
            return Self { rounded, negative_zero, ..Self::integers(number, number) };
        }
        Self { negative_zero: false, ..Self::fractions(Grade::Fraction, number, number).padded() }
    }

    /// Whether there is no number in it, NaN aside.
    pub fn is_empty(self) -> bool {
        self.integers.is_empty() && self.fractions.is_empty()
    }

    /// Whether all of it are integers or infinite.
    pub fn is_integer(self) -> bool {
        self.fractions.is_empty() && !self.nan
    }

    /// Whether all are integers from `low` to `high`.
    pub fn is_within(self, low: f64, high: f64) -> bool {
        self.is_integer() && self.integers.is_within(low, high)
    }

    /// Whether all are integers that an `i32` holds exactly, but for the sign of zero.
    pub fn fits_i32(self) -> bool {
        self.is_within(-LARGEST - 1.0, LARGEST)
    }

    /// Whether all are integers that a `u32` holds exactly, but for the sign of zero.
    pub fn fits_u32(self) -> bool {
        self.is_within(0.0, TWO_32 - 1.0)
    }

    /// Whether singles hold the integers among them, and the others may be singles.
    pub fn fits_single(self) -> bool {
        self.holds_singles() && (self.fractions.is_empty() || self.grade < Grade::Counter)
    }

    /// Whether singles hold the integers among them.
    pub fn holds_singles(self) -> bool {
        self.rounded || self.integers.is_within(-TWO_24, TWO_24)
    }

    /// Whether zero may be in it.
    pub fn has_zero(self) -> bool {
        !self.nonzero && (self.integers.has_zero() || self.fractions.has_zero())
    }

    /// Everything from its least to its largest number.
    pub fn range(self) -> Range {
        self.integers.join(self.fractions)
    }

    /// The only member, if there is one.
    pub fn single(self) -> Option<f64> {
        let Range { low, high } = self.integers;
        (low == high && self.is_integer() && !self.negative_zero).then_some(low)
    }

    fn has_negative(self) -> bool {
        self.range().low < 0.0
    }

    /// It as an operand: what is computed from a counter is no counter.
    #[must_use]
    pub fn as_operand(self) -> Self {
        if self.grade == Grade::Counter { self.graded(Grade::Fraction) } else { self }
    }

    /// The grade of what is computed from both.
    fn grade_with(self, other: Self) -> Grade {
        self.grade_of_fractions().max(other.grade_of_fractions())
    }

    fn grade_of_fractions(self) -> Grade {
        if self.fractions.is_empty() { Grade::Open } else { self.grade }
    }

    /// Everything in either.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            integers: self.integers.join(other.integers),
            rounded: self.holds_singles() && other.holds_singles(),
            fractions: self.fractions.join(other.fractions),
            grade: self.grade_with(other),
            nan: self.nan || other.nan,
            negative_zero: self.negative_zero || other.negative_zero,
            nonzero: (self.nonzero || !self.has_zero()) && (other.nonzero || !other.has_zero()),
        }
    }

    /// What is in both.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        Self {
            integers: self.integers.meet(other.range()),
            rounded: self.rounded || other.rounded,
            fractions: self.fractions.meet(other.range()),
            grade: self.grade,
            nan: self.nan && other.nan,
            negative_zero: self.negative_zero && other.negative_zero,
            nonzero: self.nonzero || other.nonzero,
        }
    }

    /// The part of it that is in a range.
    #[must_use]
    pub fn clipped(self, range: Range) -> Self {
        Self { integers: self.integers.meet(range), fractions: self.fractions.meet(range), ..self }
    }

    /// `next`, with each bound that moved since `self` moved on to the next of the thresholds, or else as far as it can go.
    #[must_use]
    pub fn widen_to(self, next: Self, thresholds: &[f64]) -> Self {
        Self {
            integers: self.integers.widen(next.integers, thresholds),
            fractions: self.fractions.widen(next.fractions, thresholds),
            ..next
        }
    }

    /// The same with fractions of another grade.
    #[must_use]
    pub fn graded(self, grade: Grade) -> Self {
        Self { grade, ..self }
    }

    fn padded(self) -> Self {
        Self { fractions: self.fractions.padded(), ..self }
    }

    /// What a monotone operation gives, `of` on integers and on all others.
    fn combined(self, other: Self, of: impl Fn(Range, Range) -> Range) -> Self {
        let mixed = of(self.fractions, other.range()).join(of(self.integers, other.fractions));
        Self {
            integers: of(self.integers, other.integers),
            rounded: false,
            fractions: mixed,
            grade: self.grade_with(other),
            nan: self.nan || other.nan,
            ..Self::NOTHING
        }
        .padded()
    }

    /// `self + other`
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let (mine, theirs) = (self.range(), other.range());
        let cancels = |a: Range, b: Range| a.high == f64::INFINITY && b.low == f64::NEG_INFINITY;
        let sum = self.combined(other, Range::plus);
        Self {
            nan: sum.nan || cancels(mine, theirs) || cancels(theirs, mine),
            negative_zero: self.negative_zero && other.negative_zero,
            ..sum
        }
    }

    /// `-self`
    #[must_use]
    pub fn negate(self) -> Self {
        Self {
            integers: self.integers.negate(),
            fractions: self.fractions.negate(),
            negative_zero: self.has_zero(),
            ..self
        }
    }

    /// `self - other`
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(other.negate())
    }

    /// `self * other`
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let vanishes = |a: Self, b: Self| a.has_zero() && b.range().is_infinite();
        let product = self.combined(other, Range::times);
        Self {
            nan: product.nan || vanishes(self, other) || vanishes(other, self),
            negative_zero: self.negates_zero_of(other) || other.negates_zero_of(self) || product.vanishes(),
            ..product
        }
    }

    /// Whether a product or quotient with a zero of `other` may be -0.
    fn negates_zero_of(self, other: Self) -> bool {
        (other.has_zero() && self.has_negative()) || other.negative_zero
    }

    /// Whether a negative fraction among them may be too small for a number other than -0.
    fn vanishes(self) -> bool {
        self.fractions.low.is_sign_negative()
    }

    /// `self / other`, which is never taken for an integer.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        if (self.is_empty() && !self.nan) || (other.is_empty() && !other.nan) {
            return Self::NOTHING;
        }
        let grade = self.grade_with(other).max(Grade::Fraction);
        let spans_zero = other.range().has_zero();
        let is_open = other.has_zero() || (self.range().is_infinite() && other.range().is_infinite());
        if is_open || (spans_zero && !other.fractions.is_empty()) {
            return Self::any(grade);
        }
        // The divisor is an integer other than 0.
        let largest = self.range().abs().high;
        let bounds =
            if spans_zero { Range::new(-largest, largest) } else { self.range().over(other.range()) };
        let quotient =
            Self { fractions: bounds.padded(), grade, nan: self.nan || other.nan, ..Self::NOTHING };
        let divides_to_zero = other.range().is_infinite() && (self.has_negative() || other.has_negative());
        let negative_zero = self.negates_zero_of(other)
            || other.negates_zero_of(self)
            || divides_to_zero
            || quotient.vanishes();
        Self { negative_zero, ..quotient }
    }

    /// `self % other`: the sign of `self`, smaller than `other`.
    #[must_use]
    pub fn remainder(self, other: Self) -> Self {
        let (mine, theirs) = (self.range(), other.range());
        let rest = |dividend: Range, divisor: Range, gap: f64| {
            if dividend.is_empty() || divisor.is_empty() {
                return Range::EMPTY;
            }
            let largest = (divisor.low.abs().max(divisor.high.abs()) - gap).max(0.0);
            Range::new(
                if dividend.low < 0.0 { -largest.min(-dividend.low) } else { 0.0 },
                if dividend.high > 0.0 { largest.min(dividend.high) } else { 0.0 },
            )
        };
        let mixed = rest(self.fractions, theirs, 0.0).join(rest(self.integers, other.fractions, 0.0));
        Self {
            integers: rest(self.integers, other.integers, 1.0),
            rounded: false,
            fractions: mixed,
            grade: self.grade_with(other),
            nan: self.nan || other.nan || other.has_zero() || mine.is_infinite(),
            negative_zero: self.has_negative() || self.negative_zero,
            nonzero: false,
        }
        .padded()
    }

    /// `Math.floor` and its like: a rising function to the integers.
    #[must_use]
    pub fn to_integer(self, of: impl Fn(f64) -> f64) -> Self {
        let of_fractions = Self {
            integers: self.fractions.rising(of),
            rounded: self.grade == Grade::Single,
            ..Self::NOTHING
        };
        let of_integers = Self { integers: self.integers, rounded: self.rounded, ..Self::NOTHING };
        // What is between -1 and 0 may be rounded up to -0.
        let negative_zero = self.negative_zero || self.fractions.low < 0.0;
        Self { nan: self.nan, negative_zero, ..of_integers.join(of_fractions) }
    }

    /// `Math.sign`
    #[must_use]
    pub fn sign(self) -> Self {
        let sign = |bound: f64| if bound == 0.0 { 0.0 } else { bound.signum() };
        let integers = self.range().rising(sign);
        let negative_zero = self.negative_zero;
        Self { nan: self.nan, negative_zero, ..Self::integers(integers.low, integers.high) }
    }

    /// `Math.abs`
    #[must_use]
    pub fn abs(self) -> Self {
        Self { integers: self.integers.abs(), fractions: self.fractions.abs(), negative_zero: false, ..self }
    }

    /// `Math.min`
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        let (mine, theirs) = (self.range(), other.range());
        if mine.is_empty() || theirs.is_empty() {
            return Self { nan: self.nan || other.nan, ..Self::NOTHING };
        }
        self.join(other).clipped(Range::new(f64::NEG_INFINITY, mine.high.min(theirs.high)))
    }

    /// `Math.max`
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        let (mine, theirs) = (self.range(), other.range());
        if mine.is_empty() || theirs.is_empty() {
            return Self { nan: self.nan || other.nan, ..Self::NOTHING };
        }
        self.join(other).clipped(Range::new(mine.low.max(theirs.low), f64::INFINITY))
    }

    /// `Math.sqrt`
    #[must_use]
    pub fn sqrt(self) -> Self {
        let roots = self.range().rising(|bound| bound.max(0.0).sqrt());
        let fractions = if self.range().high < 0.0 { Range::EMPTY } else { roots };
        let nan = self.nan || self.has_negative();
        let grade = self.grade_of_fractions().max(Grade::Fraction);
        Self { fractions, grade, nan, negative_zero: self.negative_zero, ..Self::NOTHING }.padded()
    }

    /// Any double at all.
    pub fn any_double() -> Self {
        Self::integers(f64::NEG_INFINITY, f64::INFINITY).join(Self::any(Grade::Double))
    }

    /// `Math.fround`: a single, but of a uniform that may be an integer perhaps one.
    #[must_use]
    pub fn fround(self) -> Self {
        let round = |range: Range| range.rising(|bound| f64::from(bound as f32));
        let is_open = !self.fractions.is_empty() && self.grade == Grade::Open;
        Self {
            integers: round(self.integers),
            rounded: true,
            fractions: round(self.fractions),
            grade: if is_open { Grade::Open } else { Grade::Single },
            nan: self.nan,
            negative_zero: self.negative_zero || self.vanishes(),
            nonzero: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers of a value and the value.
    fn described() -> impl Strategy<Value = (f64, Value)> {
        let integer = prop_oneof![
            -20..20_i64,
            Just(i64::from(i32::MAX)),
            Just(1_i64 << 32),
            Just((1_i64 << 53) - 1),
            Just(-(1_i64 << 53)),
        ]
        .prop_map(|integer| integer as f64);
        let fraction = prop_oneof![-3.0..3.0_f64, Just(1e300), Just(-1e-300), Just(0.5), Just(-0.5)];
        let special = prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 0.0]);
        let number = prop_oneof![4 => integer, 4 => fraction, 1 => special];
        (number.clone(), number, any::<bool>()).prop_map(|(one, other, joined)| {
            let value = Value::of(one);
            (one, if joined { value.join(Value::of(other)) } else { value })
        })
    }

    fn contains(value: Value, number: f64) -> bool {
        if number.is_nan() {
            return value.nan;
        }
        let zero = number != 0.0 || number.is_sign_positive() || value.negative_zero;
        let is_integer = number.fract() == 0.0 || number.is_infinite();
        let within = |range: Range| range.low <= number && number <= range.high;
        zero && ((is_integer && within(value.integers)) || within(value.fractions))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn results_are_described((x, a) in described(), (y, b) in described()) {
            let round = |x: f64| crate::ir::builtins::round(x);
            for (name, result, value) in [
                ("+", x + y, a.plus(b)),
                ("-", x - y, a.minus(b)),
                ("*", x * y, a.times(b)),
                ("/", x / y, a.over(b)),
                ("%", x % y, a.remainder(b)),
                ("min", -crate::ir::builtins::larger(-x, -y), a.min(b)),
                ("max", crate::ir::builtins::larger(x, y), a.max(b)),
                ("neg", -x, a.negate()),
                ("abs", x.abs(), a.abs()),
                ("sqrt", x.sqrt(), a.sqrt()),
                ("floor", x.floor(), a.to_integer(f64::floor)),
                ("ceil", x.ceil(), a.to_integer(f64::ceil)),
                ("trunc", x.trunc(), a.to_integer(f64::trunc)),
                ("round", round(x), a.to_integer(round)),
                ("fround", f64::from(x as f32), a.fround()),
            ] {
                prop_assert!(contains(value, result), "{x} {name} {y} = {result} is not in {value:?}");
            }
        }

        #[test]
        fn integers_stay_integers(x in -1_000_000_i64..1_000_000, y in 1..1000_i64) {
            let (a, b) = (Value::of(x as f64), Value::of(y as f64));
            for value in [a.plus(b), a.minus(b), a.times(b), a.remainder(b), a.over(b).to_integer(f64::floor)] {
                prop_assert!(value.is_integer());
            }
        }
    }

    #[test]
    fn what_is_mixed_keeps_its_parts_apart() {
        let mixed = Value::integers(0.0, 1e9).join(Value::fractions(Grade::Single, -1.0, 1.0));
        assert!(!mixed.fits_single() && !mixed.is_integer());
        let small = Value::integers(0.0, 7.0).join(Value::any(Grade::Single));
        assert!(small.fits_single());
        assert!(Value::any(Grade::Single).to_integer(f64::floor).holds_singles());
        assert!(!Value::any(Grade::Fraction).to_integer(f64::floor).holds_singles());
        assert!(!Value::any(Grade::Double).fits_single());
    }
}
