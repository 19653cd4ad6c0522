//! Columns: the buffers that hold one field each of a buffer of objects.
//!
//! A column is called by the way to its elements, with `[]` for each index: `particles[].velocity`, or `cells[][].flow[]` where each object of a
//! grid holds an array. Its extents are those of the indices, in this order.

/// One step on the way to a column's elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'n> {
    /// The buffer of objects, or a field.
    pub name: &'n str,
    /// How many indices follow it.
    pub indices: usize,
}

/// The way to the elements of a column; nothing if a buffer's name is no way.
pub fn column_path(name: &str) -> Option<Vec<Step<'_>>> {
    let step = |part| {
        let plain: &str = str::trim_end_matches(part, "[]");
        Step { name: plain, indices: (part.len() - plain.len()) / 2 }
    };
    let steps: Vec<Step<'_>> = name.split('.').map(step).collect();
    let is_way = steps.len() > 1 && steps[0].indices > 0;
    is_way.then_some(steps)
}

/// What a program calls a buffer: of a column the buffer of objects, else its own name.
pub fn declared_name(name: &str) -> &str {
    column_path(name).map_or(name, |path| path[0].name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_called_by_the_way_to_its_elements() {
        let step = |name, indices| Step { name, indices };
        assert_eq!(column_path("a[].b"), Some(vec![step("a", 1), step("b", 0)]));
        assert_eq!(column_path("a[][].b.c[]"), Some(vec![step("a", 2), step("b", 0), step("c", 1)]));
        assert_eq!(column_path("a"), None);
        assert_eq!(column_path("a.b"), None);
    }

    #[test]
    fn a_column_is_part_of_the_buffer_that_a_program_declares() {
        assert_eq!(declared_name("a[][].b.c[]"), "a");
        assert_eq!(declared_name("a"), "a");
    }
}
