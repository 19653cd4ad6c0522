//! Which indices of an access are checked.

use artifact::Wgsl;

use super::names::INDICES;
use crate::collections::Set;
use crate::ir::{Expression, Known};

/// What is known of each index of an access; what is not known is checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Checks(Vec<Option<Known>>);

impl Checks {
    /// What the marks of [`crate::transform::indices`] say.
    pub(super) fn of(index: &[Expression]) -> Self {
        Self(index.iter().map(Expression::known).collect())
    }

    /// Whether nothing is known of any index.
    pub(super) fn are_all(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// The name of the helper that checks what is left to check, where `name` checks all.
    pub(super) fn name(&self, name: &str) -> String {
        let indices = |wanted: Option<Known>| -> String {
            let named = self.0.iter().zip(INDICES);
            named.filter(|(known, _)| **known == wanted).map(|(_, name)| name).collect()
        };
        if self.are_all() {
            return name.to_owned();
        }
        let part = |verb: &str, names: String| {
            if names.is_empty() { names } else { format!("_{verb}_{names}") }
        };
        let known = part("known", indices(Some(Known::Always)));
        let bits: Set<u8> = self.0.iter().filter_map(|known| bit(*known)).collect();
        let inside = bits.iter().map(|&bit| {
            let verb = if bit == 0 { "inside".to_owned() } else { format!("inside{bit}") };
            part(&verb, indices(Some(Known::Conditionally(bit))))
        });
        let inside: String = inside.collect();
        // No name of a user begins so.
        format!("hpc__{}{known}{inside}", name.strip_prefix("hpc__").unwrap_or(name))
    }

    /// Whether an element of these extents exists, as far as that has to be checked.
    ///
    /// It is one expression without `&&` and `||`, for which compilers branch.
    pub(super) fn condition(&self, names: &[&str], extents: &[String]) -> Option<String> {
        let checks = self.0.iter().zip(names).zip(extents);
        let conditions: Vec<String> = checks
            .filter_map(|((known, name), extent)| {
                // A negative index is a large unsigned one.
                let exists = match extent.parse::<u32>() {
                    Ok(extent) => format!("u32({name}) < {extent}u"),
                    Err(_) => format!("u32({name}) < u32({extent})"),
                };
                match known {
                    None => Some(exists),
                    Some(Known::Conditionally(bit)) => {
                        let mask = 1_u32 << bit;
                        Some(format!("(({} & {mask}u) != 0u) | ({exists})", Wgsl::IN_RANGE_OVERRIDE))
                    }
                    Some(Known::Always) => None,
                }
            })
            .collect();
        match conditions.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            all => Some(all.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" & ")),
        }
    }
}

/// Which kind of runs an index is known in, if only in some.
fn bit(known: Option<Known>) -> Option<u8> {
    match known {
        Some(Known::Conditionally(bit)) => Some(bit),
        Some(Known::Always) | None => None,
    }
}
