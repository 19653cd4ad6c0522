//! Memory of the driver's that is lent to readers: a page gets none.

pub(crate) use crate::backend::gpu::unlent::{Lender, Loan};
