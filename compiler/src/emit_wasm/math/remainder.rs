//! JavaScript's `%` on floats.

use super::build::{F32, F64, Value};

/// x % y, exactly: NaN if x is infinite or y is 0, x itself if y is infinite; the result has the sign of x.
///
/// In f64, |x| - q|y| is exact for a quotient q below 2^29. Larger quotients are found digit by digit to the base 2^28: the
/// divisor is first multiplied by 2^252, then by 2^224, and so on down to 1.
pub(super) fn remainder<'c>(x: Value<'c, F32>, y: Value<'c, F32>) -> Value<'c, F32> {
    let code = x.code;
    let dividend = x.abs().promote();
    let divisor = y.abs().promote();
    let quotient = dividend / divisor;
    let long = quotient.ge(2f64.powi(28)) & quotient.lt(f64::INFINITY);
    let scale = code.variable(code.splat(1.0));
    code.if_any(long, || scale.set(code.splat(2f64.powi(252))));
    let rest = code.variable(dividend);
    code.repeat_while(|| {
        rest.set(remainder_of_close(rest, divisor * scale));
        scale.set(scale * 2f64.powi(-28));
        scale.ge(1.0)
    });
    let result = rest.demote().flip(x.sign());
    x.abs().lt(y.abs()).select(x, result)
}

/// x mod y for 0 ≤ x < 2^29 y. The division may round up to an integer, which then is one too many.
fn remainder_of_close<'c>(x: Value<'c, F64>, y: Value<'c, F64>) -> Value<'c, F64> {
    let rest = x - (x / y).trunc() * y;
    rest.lt(0.0).select(rest + y, rest)
}
