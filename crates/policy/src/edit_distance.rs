//! Edit distance between names, to recognize typos.

/// The optimal string alignment distance: how many insertions, deletions, substitutions and
/// transpositions turn one text into the other. `most + 1` if it is more than `most`, which bounds
/// the work.
pub(crate) fn edit_distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let far = most + 1;
    if a.len().abs_diff(b.len()) > most {
        return far;
    }
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(far);
    let mut older: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![far; b.len() + 1];
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        let (from, to) = (i.saturating_sub(most), (i + most + 1).min(b.len()));
        for (j, y) in b.iter().enumerate().take(to).skip(from) {
            let changed = at(&above, j) + usize::from(x != y);
            let mut best = changed.min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            let before = |list: &[char], index: usize| {
                index.checked_sub(1).and_then(|k| list.get(k).copied())
            };
            if before(&a, i) == Some(*y) && before(&b, j) == Some(*x) {
                best = best.min(at(&older, j.saturating_sub(1)) + 1);
            }
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = best.min(far);
            }
        }
        older = std::mem::replace(&mut above, row);
    }
    at(&above, b.len()).min(far)
}

/// The name closest to a text, if it is close enough to be a typo.
pub(crate) fn closest_name<'a>(
    text: &str,
    names: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let most = (text.chars().count() / 4).clamp(1, 3);
    let lower = text.to_ascii_lowercase();
    names
        .map(|name| (edit_distance(&lower, &name.to_ascii_lowercase(), most), name))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::{closest_name, edit_distance};

    #[test]
    fn distances() {
        for (a, b, wanted) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "abd", 1),
            ("abc", "abcd", 1),
            ("bc", "abc", 1),
            ("acb", "abc", 1),
            ("stduio", "studio", 1),
            ("kitten", "sitting", 3),
            ("a", "xyz", 3),
            ("é", "e", 1),
            ("abcdef", "uvwxyz", 4),
        ] {
            assert_eq!(edit_distance(a, b, 3), wanted, "{a} {b}");
        }
    }

    #[test]
    fn what_was_meant() {
        let names = ["GetObject", "PutObject", "ListBucket"];
        assert_eq!(closest_name("getobjct", names.into_iter()), Some("GetObject"));
        assert_eq!(closest_name("Delete", names.into_iter()), None);
    }
}
