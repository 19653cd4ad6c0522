//! The entry point: which thread an invocation is, or which it computes, whether they take part in the run, and the kernel's own body.
//!
//! Invocations lie along x in the lane axis of thread ids ([`artifact::Artifact::invocation_axes`]). A tuned text goes on along z where a
//! dispatch is too long along x, if the kernel has no use for z ([`artifact::Artifact::folds`]).

use artifact::Wgsl;

use super::Module;
use super::function::FunctionWriter;
use super::helpers::Helpers;
use super::text::INDENT;
use crate::ir::Function;
use crate::tuning::{TALLIED, THREADS, Tile, Tuning};

impl Module<'_> {
    /// The entry point and what only it calls.
    pub(super) fn entry(&self, helpers: &mut Helpers) -> String {
        match self.tuning {
            None => self.plain(helpers),
            Some(Tuning::Repeated { axis }) => self.repeated(*axis, THREADS, helpers),
            Some(Tuning::Tallied { axis, together: None, .. }) => self.repeated(*axis, TALLIED, helpers),
            Some(Tuning::Tallied { axis, together: Some(function), .. }) => {
                self.tallied_together(*axis, function, helpers)
            }
            Some(Tuning::Interleaved { threads, function }) => self.interleaved(*threads, function, helpers),
            Some(Tuning::Tiled(tile)) => self.tiled(tile, helpers),
            Some(Tuning::Unrolled(_)) => self.unrolled(helpers),
        }
    }

    /// Ends an invocation that has nothing to do.
    fn guard(&self) -> String {
        guard() + &self.guard_stopped()
    }

    /// An invocation is a thread.
    fn plain(&self, helpers: &mut Helpers) -> String {
        let keyword = if self.facts.shares_thread_id { "" } else { "let " };
        let body = FunctionWriter::new(*self, &self.kernel.entry, helpers).body();
        format!(
            "{head}(@builtin(global_invocation_id) hpc__invocation: vec3u) {{\n\
             {i}{keyword}hpc__thread_id = hpc__params.hpc__base + vec3i(hpc__invocation{swizzle});\n{guard}{body}}}\n",
            head = self.head(),
            i = INDENT,
            swizzle = self.swizzle(),
            guard = self.guard(),
        )
    }

    /// An invocation is some threads, one after the other.
    fn repeated(&self, axis: usize, threads: u32, helpers: &mut Helpers) -> String {
        let body = FunctionWriter::new(*self, &self.kernel.entry, helpers).body();
        let thread = self.thread_of_step(axis, threads, "hpc__step");
        let run = format!("{INDENT}{INDENT}hpc__thread({thread});\n");
        format!(
            "{entry}\n\
             // The kernel for one thread.\n\
             fn hpc__thread(hpc__thread_id: vec3i) {{\n{guard}{body}}}\n",
            entry = self.in_steps(axis, threads, 1, &run),
            guard = self.guard(),
        )
    }

    /// An invocation is some threads, a few at once, and counts in its workgroup.
    fn tallied_together(&self, axis: usize, function: &Function, helpers: &mut Helpers) -> String {
        let mut run = String::new();
        for thread in 0..THREADS {
            let step = if thread == 0 { "hpc__step".to_owned() } else { format!("(hpc__step + {thread})") };
            let id = self.thread_of_step(axis, TALLIED, &step);
            run += &format!("{INDENT}{INDENT}let hpc__thread_{thread} = {id};\n");
        }
        run += &format!("{INDENT}{INDENT}{}", call_of_all(THREADS));
        self.in_steps(axis, TALLIED, THREADS, &run) + "\n" + &self.all_at_once(function, helpers)
    }

    /// The entry point of invocations that go through their threads, so many in a step.
    fn in_steps(&self, axis: usize, threads: u32, step: u32, run: &str) -> String {
        let along_lanes = axis == self.facts.lane_axis;
        format!(
            "{head}({parameters}) {{\n\
             {i}let hpc__first = i32({first});\n\
             {i}for (var hpc__step = 0; hpc__step < {threads}; hpc__step += {step}) {{\n\
             {run}\
             {i}}}\n{behind}\
             }}\n",
            head = self.head(),
            parameters = parameters(along_lanes) + self.local_index(),
            behind = self.adding_tallies(),
            i = INDENT,
            first = if along_lanes { self.first_of_group(threads) } else { self.lane() },
        )
    }

    /// The thread id in a step of an invocation of so many threads.
    fn thread_of_step(&self, axis: usize, threads: u32, step: &str) -> String {
        let (x, y) = if axis == self.facts.lane_axis {
            (format!("hpc__first + {step} * i32(hpc__workgroup_x)"), "i32(hpc__invocation.y)".to_owned())
        } else {
            ("hpc__first".to_owned(), format!("i32(hpc__invocation.y) * {threads} + {step}"))
        };
        format!("hpc__params.hpc__base + vec3i({x}, {y}, {z}){}", self.swizzle(), z = self.depth())
    }

    /// An invocation is some threads at once.
    fn interleaved(&self, threads: u32, function: &Function, helpers: &mut Helpers) -> String {
        let mut text = format!(
            "{head}({parameters}) {{\n{i}let hpc__first = vec3i(i32({first}), i32(hpc__invocation.y), {z});\n",
            head = self.head(),
            parameters = parameters(true),
            i = INDENT,
            first = self.first_of_group(threads),
            z = self.depth(),
        );
        for thread in 0..threads {
            let at = match thread {
                0 => "hpc__first".to_owned(),
                _ => format!("(hpc__first + vec3i({thread} * i32(hpc__workgroup_x), 0, 0))"),
            };
            let swizzle = self.swizzle();
            text += &format!("{INDENT}let hpc__thread_{thread} = hpc__params.hpc__base + {at}{swizzle};\n");
        }
        text + INDENT + &call_of_all(threads) + "}\n\n" + &self.all_at_once(function, helpers)
    }

    /// The kernel for some threads at once, and what tells which of them are part of the run.
    fn all_at_once(&self, function: &Function, helpers: &mut Helpers) -> String {
        let text = FunctionWriter::new(*self, function, helpers).function("hpc__threads");
        format!(
            "// The kernel for several threads at once.\n{text}\n\
             // Whether a thread is part of the run.\n\
             fn hpc__takes_part(id: vec3i) -> bool {{\n    return all(vec3u(id) < vec3u(hpc__params.hpc__extents));\n}}\n"
        )
    }

    /// An invocation is a thread, and its workgroup shares what it loads.
    fn tiled(&self, tile: &Tile, helpers: &mut Helpers) -> String {
        let mut writer = FunctionWriter::new(*self, &self.kernel.entry, helpers);
        writer.tiled_body(tile);
        let body = writer.into_text();
        // Who is no thread of the run loads for the others, and otherwise does as the first thread does: with an id that the kernel never
        // sees its loops could take for ever.
        format!(
            "{head}({parameters}, @builtin(local_invocation_index) hpc__local: u32) {{\n{thread}\
             {i}let hpc__takes_part = all(vec3u(hpc__own_id) < vec3u(hpc__params.hpc__extents));\n\
             {i}let hpc__thread_id = select(hpc__params.hpc__base, hpc__own_id, hpc__takes_part);\n{body}}}\n",
            head = self.head(),
            parameters = parameters(false),
            thread = self.thread("hpc__own_id"),
            i = INDENT,
        )
    }

    /// An invocation is a thread, in whose loops some rounds are written out.
    fn unrolled(&self, helpers: &mut Helpers) -> String {
        let body = FunctionWriter::new(*self, &self.kernel.entry, helpers).body();
        format!(
            "{head}({parameters}) {{\n{thread}{guard}{body}}}\n",
            head = self.head(),
            parameters = parameters(false),
            thread = self.thread("hpc__thread_id"),
            guard = self.guard(),
        )
    }

    /// Which thread an invocation is, in a tuned text.
    fn thread(&self, name: &str) -> String {
        format!(
            "{i}let {name} = hpc__params.hpc__base + vec3i(i32({lane}), i32(hpc__invocation.y), {z}){swizzle};\n",
            i = INDENT,
            lane = self.lane(),
            z = self.depth(),
            swizzle = self.swizzle(),
        )
    }

    fn head(&self) -> String {
        let [x, y, z] = self.workgroup();
        format!("@compute @workgroup_size({x}, {y}, {z})\nfn {}", Wgsl::ENTRY_POINT)
    }

    /// The workgroup's size: the runtime's choice, unless the text needs a certain one.
    fn workgroup(&self) -> [String; 3] {
        match self.tuning.and_then(|tuning| tuning.shape(self.facts)) {
            Some(shape) => shape.0.map(|size| format!("{size}u")),
            None => Wgsl::WORKGROUP_SIZE_OVERRIDES.map(str::to_owned),
        }
    }

    /// From the axes of invocations to those of thread ids.
    fn swizzle(&self) -> &'static str {
        ["", ".yxz", ".zyx"][self.facts.lane_axis.min(2)]
    }

    fn folds(&self) -> bool {
        artifact::folds(self.facts.lane_axis, self.facts.axes_used)
    }

    /// An invocation's place along x, and along z where that goes on there.
    fn lane(&self) -> String {
        let [width, ..] = self.workgroup();
        match self.folds() {
            true => format!("hpc__invocation.x + hpc__invocation.z * hpc__groups.x * {width}"),
            false => "hpc__invocation.x".to_owned(),
        }
    }

    /// The same of the first thread of an invocation whose threads are a workgroup's width apart.
    fn first_of_group(&self, threads: u32) -> String {
        let group =
            if self.folds() { "(hpc__group.x + hpc__group.z * hpc__groups.x)" } else { "hpc__group.x" };
        format!("{group} * {threads}u * hpc__workgroup_x + hpc__own.x")
    }

    fn depth(&self) -> &'static str {
        if self.folds() { "0" } else { "i32(hpc__invocation.z)" }
    }
}

/// Computes all threads of which there are ids.
fn call_of_all(threads: u32) -> String {
    let ids = (0..threads).map(|thread| format!("hpc__thread_{thread}"));
    let parts = (0..threads).map(|thread| format!("hpc__takes_part(hpc__thread_{thread})"));
    let arguments: Vec<String> = ids.chain(parts).collect();
    format!("hpc__threads({});\n", arguments.join(", "))
}

fn parameters(by_group: bool) -> String {
    let mut text =
        "@builtin(global_invocation_id) hpc__invocation: vec3u, @builtin(num_workgroups) hpc__groups: vec3u"
            .to_owned();
    if by_group {
        text += ", @builtin(workgroup_id) hpc__group: vec3u, @builtin(local_invocation_id) hpc__own: vec3u";
    }
    text
}

/// Ends an invocation that is no thread of the run.
fn guard() -> String {
    format!(
        "{INDENT}if any(vec3u(hpc__thread_id) >= vec3u(hpc__params.hpc__extents)) {{\n{INDENT}{INDENT}return;\n{INDENT}}}\n"
    )
}
