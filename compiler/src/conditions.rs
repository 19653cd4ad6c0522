//! Conditions on runs, in words.

use artifact::{Bound, Conditions, Factor, Interface, Term, UniformPart};

/// When conditions hold: `X <= 64 and Y <= 8`, where X, Y and Z are the extents of the run.
pub(crate) fn describe(conditions: &Conditions, interface: &Interface) -> String {
    let number = |part: &UniformPart| named(*part, interface);
    let integers = conditions.integers.iter().map(|part| format!("{} is an integer", number(part)));
    let small = conditions
        .small
        .iter()
        .map(|small| format!("{} is a fraction or at most {}", number(&small.part), small.limit));
    let bounds = conditions.bounds.iter().map(|bound| in_words(bound, interface));
    let all: Vec<String> = integers.chain(small).chain(bounds).collect();
    if all.is_empty() { "always".to_owned() } else { all.join(" and ") }
}

fn in_words(bound: &Bound, interface: &Interface) -> String {
    if let Some(part) = nonzero(bound) {
        return format!("{} is not 0", named(part, interface));
    }
    let mut text = String::new();
    let mut constant = 0;
    for Term { coefficient, factors } in &bound.terms {
        if factors.is_empty() {
            constant += coefficient;
            continue;
        }
        let sign = match (text.is_empty(), *coefficient < 0) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        };
        let mut factors: Vec<String> = factors.iter().map(|factor| factor_text(*factor, interface)).collect();
        if coefficient.abs() != 1 {
            factors.insert(0, coefficient.abs().to_string());
        }
        text += sign;
        text += &factors.join(" * ");
    }
    format!("{text} <= {}", bound.limit.saturating_sub(constant))
}

/// The number of which a bound says no more than that it is not 0, if it is an integer: 1 is at most its size.
fn nonzero(bound: &Bound) -> Option<UniformPart> {
    let (mut constant, mut signs) = (0, [None; 2]);
    for Term { coefficient, factors } in &bound.terms {
        match (coefficient, &factors[..]) {
            (_, []) => constant += coefficient,
            (-1, &[Factor::Positive(part)]) => signs[0] = Some(part),
            (-1, &[Factor::Negative(part)]) => signs[1] = Some(part),
            _ => return None,
        }
    }
    signs[0].filter(|_| signs[0] == signs[1] && bound.limit - constant == -1)
}

fn factor_text(factor: Factor, interface: &Interface) -> String {
    match factor {
        Factor::Extent(axis) => ["X", "Y", "Z"].get(usize::from(axis)).copied().unwrap_or("X").to_owned(),
        Factor::Positive(part) => named(part, interface),
        Factor::Negative(part) => format!("(-{})", named(part, interface)),
    }
}

/// A number of a uniform, as the user names it.
fn named(part: UniformPart, interface: &Interface) -> String {
    let name = interface.uniforms.get(part.uniform).map_or("?", |described| described.name.as_str());
    let component = part
        .component
        .map_or("", |component| [".x", ".y", ".z", ".w"].get(usize::from(component)).copied().unwrap_or(""));
    format!("{name}{component}")
}
