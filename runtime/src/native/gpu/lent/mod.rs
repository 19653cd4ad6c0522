//! Memory of the driver's that is lent to readers: Vulkan's, which is all that is built in but on Apple's systems.

#[cfg(not(target_vendor = "apple"))]
mod vulkan;

#[cfg(target_vendor = "apple")]
pub(crate) use crate::backend::gpu::unlent::{Lender, Loan};
#[cfg(not(target_vendor = "apple"))]
pub(crate) use vulkan::{Lender, Loan};
