//! W10: the product of W5 over flat buffers; the size is a uniform.

use benches::arguments::Scale;
use benches::kernels;
use hpc::GpuInterface;

use super::{Target, Workload, product};
use crate::contest::Who;

pub(super) fn workload(scale: Scale) -> Workload {
    let mut workload = product::workload(scale);
    let side: u32 = product::side(scale);
    let (count, builder) = (side * side, GpuInterface::builder().uniform("n", side));
    workload.terms.title = format!("W10 flat matmul {side}");
    workload.terms.peer_words = format!("flat_product {side} 1");
    workload.terms.targets = vec![Target::Ratio(1.0, Who::NumbaFast)];
    workload.program.builder =
        builder.zeros::<f32>("a", count).zeros::<f32>("b", count).zeros::<f32>("c", count);
    workload.program.kernels = vec![kernels::FLAT_PRODUCT.to_owned()];
    workload
}
