//! How old the C library may be that an addon for Linux runs on.

use std::path::Path;

use crate::process::{Outcome, command, output_of};

/// The oldest one: that of RHEL 8 and of Debian 10. The addon is linked with it, and `packages/hpc.js/platform.cjs` tells users of it.
pub(super) const OLDEST: &str = "2.28";

/// Fails if the addon asks for a newer one.
pub(super) fn check(addon: &Path) -> Outcome {
    let symbols = output_of(command("objdump", "-T").arg(addon))
        .ok_or("addon: objdump is needed, which comes with binutils: `apt-get install binutils`")?;
    let newest =
        newest(&symbols).ok_or_else(|| format!("{} asks for no version of glibc", addon.display()))?;
    println!("addon: it asks for glibc {}.{} or newer", newest.0, newest.1);
    match Some(newest) <= version(OLDEST) {
        true => Ok(()),
        false => Err(format!("addon: that is newer than {OLDEST}")),
    }
}

/// The newest version in what `objdump -T` prints.
fn newest(symbols: &str) -> Option<(u32, u32)> {
    let versions = symbols.split("GLIBC_").skip(1);
    versions
        .filter_map(|rest| {
            version(rest.split(|letter: char| letter != '.' && !letter.is_ascii_digit()).next()?)
        })
        .max()
}

/// The two first numbers of a version.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_newest_version() {
        let symbols = "
00000000      DF *UND*  00000000 (GLIBC_2.2.5) memcpy
00000000      DF *UND*  00000000 (GLIBC_2.28) fcntl64
00000000      DF *UND*  00000000 (GLIBC_2.9)  epoll_create1
0000000000    DF *UND*  00000000 (GCC_3.0)    _Unwind_Resume";
        assert_eq!(newest(symbols), Some((2, 28)));
        assert_eq!(newest("nothing"), None);
        assert!(version("2.9") < version("2.28"));
    }
}
