//! What wgpu does with a kernel's WGSL before a driver sees it, so that what it refuses is found without a GPU.

use naga::back::{pipeline_constants::process_overrides, spv};
use naga::valid::{Capabilities, ValidationFlags, Validator};

/// Parses and validates the text, sets its override constants, and writes it as SPIR-V. Says what is wrong.
pub(crate) fn check(wgsl: &str) -> Result<(), String> {
    let wrong = |message: String| format!("{message}\n{wgsl}");
    let module = naga::front::wgsl::parse_str(wgsl).map_err(|error| wrong(error.emit_to_string(wgsl)))?;
    let known = Capabilities::FLOAT64 | Capabilities::SHADER_INT64 | Capabilities::SHADER_FLOAT32_ATOMIC;
    let info = Validator::new(ValidationFlags::all(), known)
        .validate(&module)
        .map_err(|error| wrong(error.emit_to_string(wgsl)))?;
    let entry = module.entry_points.first().map(|entry| (entry.stage, entry.name.as_str()));
    let constants = module.overrides.iter().filter_map(|(_, constant)| Some((constant.name.clone()?, 1.0)));
    // This folds constants again, also those that a `let` has hidden before.
    let (module, info) = process_overrides(&module, &info, entry, &constants.collect())
        .map_err(|error| wrong(format!("{error:?}")))?;
    spv::write_vec(&module, &info, &spv::Options::default(), None)
        .map_err(|error| wrong(format!("{error:?}")))?;
    Ok(())
}
