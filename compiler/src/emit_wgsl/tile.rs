//! Kernels one of whose loops is tiled: [`crate::tuning::Tile`].

use artifact::Access;

use super::Module;
use super::function::FunctionWriter;
use super::layout::element_storage;
use super::memory::Words;
use crate::ir::StatementKind;
use crate::tuning::{TILE, Tile};

impl Module<'_> {
    /// What the invocations of a workgroup share.
    pub(super) fn shared(&self, tile: &Tile) -> String {
        let declared = tile.buffers.iter().filter_map(|&buffer| {
            let element =
                element_storage(self.interface.buffers.get(buffer)?.element, Access::Read, Words::Plain);
            Some(format!("var<workgroup> {}: array<{element}, {TILE}>;\n", shared_name(buffer)))
        });
        declared.collect()
    }
}

impl FunctionWriter<'_> {
    /// The body of the entry, its loop tiled.
    pub(super) fn tiled_body(&mut self, tile: &Tile) {
        let (before, rest) = self.function.body.0.split_at(tile.position);
        let Some((repeat, after)) = rest.split_first() else { return };
        let StatementKind::Loop { body, .. } = &repeat.kind else { return };
        // The last statement before declares the counter, which has a life of its own in each of the loops.
        self.statements(&before[..before.len().saturating_sub(1)]);
        let counter = self.local(tile.counter.local).to_owned();
        let (low, end) = (i64::from(tile.counter.low), i64::from(tile.counter.high) + 1);
        let tiled = end - (end - low) % i64::from(TILE);
        self.line(&format!("// Each invocation loads one of {TILE} elements for all of its workgroup."));
        self.line(&format!("for (var hpc__start = {low}; hpc__start < {tiled}; hpc__start += {TILE}) {{"));
        self.indented(|writer| {
            for &buffer in &tile.buffers {
                let variable = &writer.module.names.buffers[&buffer].variable;
                let line = format!(
                    "{}[hpc__local] = {variable}[hpc__start + i32(hpc__local)];",
                    shared_name(buffer)
                );
                writer.line(&line);
            }
            writer.line("workgroupBarrier();");
            writer.line(&format!("for (var hpc__k = 0; hpc__k < {TILE}; hpc__k += 1) {{"));
            writer.indented(|writer| {
                writer.line(&format!("let {counter} = hpc__start + hpc__k;"));
                writer.tile = Some(tile.clone());
                writer.block(body);
                writer.tile = None;
            });
            writer.line("}");
            writer.line("workgroupBarrier();");
        });
        self.line("}");
        if tiled < end {
            self.line(&format!("for (var {counter} = {tiled}; {counter} < {end}; {counter} += 1) {{"));
            self.indented(|writer| writer.block(body));
            self.line("}");
        }
        self.line("if hpc__takes_part {");
        self.indented(|writer| writer.statements(after));
        self.line("}");
    }
}

/// The elements of a buffer that the workgroup has loaded; in a round it is the turn of `hpc__k`.
pub(super) fn shared_name(buffer: usize) -> String {
    format!("hpc__tile_{buffer}")
}
