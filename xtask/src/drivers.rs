//! The Vulkan drivers that tests and the demo run on, each a name and the environment that selects it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::process::root;

/// A Vulkan driver that computes on the CPU and is the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Driver {
    /// The name people know it by.
    pub(crate) name: &'static str,
    /// The file that tells the Vulkan loader where the driver is.
    manifest: PathBuf,
}

impl Driver {
    /// Mesa's lavapipe, where it is installed. Fast, but it ends a thread's loops after 65 535 rounds in all.
    pub(crate) fn lavapipe() -> Option<Self> {
        let entries = fs::read_dir("/usr/share/vulkan/icd.d").ok()?.flatten();
        let mut manifests: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        manifests.retain(|path| path.file_name().is_some_and(|name| is_lavapipe(&name.to_string_lossy())));
        manifests.sort();
        Some(Self { name: "lavapipe", manifest: manifests.into_iter().next()? })
    }

    /// SwiftShader as Chromium brings it. Slower than lavapipe, and exact.
    pub(crate) fn swiftshader() -> Option<Self> {
        let manifest = PathBuf::from("/usr/lib/chromium/vk_swiftshader_icd.json");
        manifest.exists().then_some(Self { name: "swiftshader", manifest })
    }

    /// The variables that make the Vulkan loader see this driver and no other.
    pub(crate) fn environment(&self) -> Vec<(&'static str, OsString)> {
        vec![
            ("VK_DRIVER_FILES", self.manifest.clone().into()),
            // The older name of the same variable.
            ("VK_ICD_FILENAMES", self.manifest.clone().into()),
            ("XDG_RUNTIME_DIR", runtime_directory().into()),
        ]
    }
}

/// Whether the machine seems to have a GPU: the kernel offers a device file for one.
pub(crate) fn has_gpu() -> bool {
    let render_nodes = fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    let mut names = render_nodes.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.any(|name| name.starts_with("renderD")) || is_there("/dev/nvidia0") || is_there("/dev/dxg")
}

fn is_there(path: &str) -> bool {
    Path::new(path).exists()
}

fn is_lavapipe(file_name: &str) -> bool {
    file_name.starts_with("lvp_icd") && file_name.ends_with(".json")
}

/// A directory of our own: without one, Mesa warns on every start.
pub(crate) fn runtime_directory() -> PathBuf {
    let directory = root().join("target").join("runtime-directory");
    // If it cannot be made, the warning is all that follows.
    fs::create_dir_all(&directory).ok();
    directory
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lavapipe_is_known_by_its_manifest() {
        assert!(is_lavapipe("lvp_icd.x86_64.json"));
        assert!(!is_lavapipe("intel_icd.x86_64.json"));
    }

    #[test]
    fn a_driver_hides_all_others() {
        let driver = Driver { name: "mine", manifest: "/some/where.json".into() };
        let environment = driver.environment();
        assert!(environment.contains(&("VK_DRIVER_FILES", "/some/where.json".into())));
        assert!(environment.contains(&("VK_ICD_FILENAMES", "/some/where.json".into())));
    }
}
