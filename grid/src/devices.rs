//! Which device a rank takes: the ranks of a machine share its GPUs, and its cores.

use hpc::{AdapterInfo, Backend};
use mpi::collective::SystemOperation;
use mpi::topology::SimpleCommunicator;
use mpi::traits::{Communicator, CommunicatorCollectives};

use crate::Node;

/// The index of the adapter that a rank takes by itself; none where there is nothing to choose. The first rank of a machine says so if ranks
/// share adapters.
pub(crate) fn choose(node: Node, backend: Option<Backend>) -> Option<usize> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let on_gpu = match backend {
        None => set("HPC_BACKEND").is_none_or(|name| name.eq_ignore_ascii_case("gpu")),
        Some(backend) => backend == Backend::Gpu,
    };
    if node.size == 1 || !on_gpu || set("HPC_ADAPTER").is_some() {
        return None;
    }
    let adapters = pollster::block_on(runtime::backend::gpu::adapters());
    let (index, count) = next(&adapters, node)?;
    if let Some(text) = shared(node, count, &adapters[index].name).filter(|_| node.rank == 0) {
        eprintln!("{text}");
    }
    Some(index)
}

/// Of the adapters that are like the preferred one each rank takes the next: its index, and how many there are. None if the best one is a
/// driver that computes on the CPU.
fn next(adapters: &[AdapterInfo], node: Node) -> Option<(usize, usize)> {
    let best = adapters.first().filter(|best| !best.is_software())?;
    // The same GPU comes again under another API.
    let is_alike = |other: &AdapterInfo| (other.kind, &other.api) == (best.kind, &best.api);
    let alike: Vec<usize> = (0..adapters.len()).filter(|&index| is_alike(&adapters[index])).collect();
    Some((alike[node.rank as usize % alike.len()], alike.len()))
}

/// What is to be said where several ranks have one adapter.
fn shared(node: Node, count: usize, name: &str) -> Option<String> {
    let gpus = if count == 1 { format!("one GPU ({name})") } else { format!("{count} GPUs") };
    (node.size as usize > count).then(|| {
        format!("the {} ranks of this machine share {gpus}; start as many ranks as GPUs for speed", node.size)
    })
}

/// Gives each rank of a machine its share of the cores, unless `HPC_THREADS` says how many threads run kernels.
pub(crate) fn share_cores(near: &SimpleCommunicator) {
    let own = allowed(&std::fs::read_to_string("/proc/self/status").unwrap_or_default());
    let mut all = [0_u64; CORES / 64];
    near.all_reduce_into(&own[..], &mut all[..], SystemOperation::bitwise_or());
    let together = all.iter().map(|word| word.count_ones() as usize).sum::<usize>();
    let mine = std::thread::available_parallelism().map_or(1, usize::from);
    if near.size() > 1 {
        engine::share_cores(share(mine, together, near.size() as usize));
    }
}

/// How many threads a rank has that may use so many cores, where all of its machine may use so many together.
fn share(mine: usize, together: usize, ranks: usize) -> usize {
    (together.max(mine) / ranks).clamp(1, mine)
}

/// How many cores of a machine are told apart.
const CORES: usize = 1024;

/// The cores that this process may use, as Linux says it: words of 32 bits, the highest ones first. None elsewhere.
fn allowed(status: &str) -> [u64; CORES / 64] {
    let mut cores = [0; CORES / 64];
    let line = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed:")).unwrap_or_default();
    for (number, word) in line.trim().rsplit(',').take(CORES / 32).enumerate() {
        let bits = u64::from(u32::from_str_radix(word, 16).unwrap_or(0));
        cores[number / 2] |= bits << (number % 2 * 32);
    }
    cores
}

#[cfg(test)]
mod tests {
    use hpc::AdapterKind;

    use super::*;

    fn adapter(name: &str, api: &str, kind: AdapterKind) -> AdapterInfo {
        AdapterInfo { name: name.into(), driver: String::new(), api: api.into(), kind, fallback: None }
    }

    #[test]
    fn each_rank_of_a_machine_takes_another_gpu() {
        let adapters = [
            adapter("first", "Vulkan", AdapterKind::Discrete),
            adapter("second", "Vulkan", AdapterKind::Discrete),
            adapter("first", "Gl", AdapterKind::Discrete),
            adapter("processor", "Vulkan", AdapterKind::Integrated),
        ];
        let taken = |rank| next(&adapters, Node { size: 3, rank });
        assert_eq!([taken(0), taken(1), taken(2)], [Some((0, 2)), Some((1, 2)), Some((0, 2))]);
        assert_eq!(
            next(&[adapter("llvmpipe", "Vulkan", AdapterKind::Software)], Node { size: 2, rank: 1 }),
            None
        );
        assert_eq!(next(&[], Node { size: 2, rank: 1 }), None);
    }

    #[test]
    fn ranks_that_share_say_so() {
        assert_eq!(shared(Node { size: 2, rank: 0 }, 2, "first"), None);
        let text = shared(Node { size: 4, rank: 0 }, 1, "first").unwrap();
        assert_eq!(
            text,
            "the 4 ranks of this machine share one GPU (first); start as many ranks as GPUs for speed"
        );
    }

    #[test]
    fn cores_are_divided() {
        // As mpiexec binds each rank to a core, to a half of the machine, or to nothing.
        assert_eq!([share(1, 8, 8), share(16, 32, 8), share(32, 32, 8)], [1, 4, 4]);
        assert_eq!([share(2, 2, 6), share(8, 0, 2)], [1, 4]);
    }

    #[test]
    fn reads_what_linux_says_of_cores() {
        let cores = allowed("Name:\tx\nCpus_allowed:\t3,80000001,ffffffff\nCpus_allowed_list:\t0-65\n");
        assert_eq!(cores[..2], [0x8000_0001_ffff_ffff, 3]);
        assert_eq!(allowed(""), [0; CORES / 64]);
    }
}
