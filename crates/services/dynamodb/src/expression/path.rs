//! Document paths: `Album.Tracks[3].Title`.

use crate::attribute::{Attribute, Attributes};

/// A path into an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Path {
    /// The attribute of the item itself.
    pub(crate) root: String,
    /// What follows.
    pub(crate) steps: Vec<Step>,
}

/// A step down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// `.name`.
    Name(String),
    /// `[3]`.
    Index(usize),
}

impl Path {
    /// What lies at its end.
    pub(crate) fn find<'a>(&self, item: &'a Attributes) -> Option<&'a Attribute> {
        self.steps.iter().try_fold(item.get(&self.root)?, |at, step| match (at, step) {
            (Attribute::M(members), Step::Name(name)) => members.get(name),
            (Attribute::L(items), Step::Index(index)) => items.get(*index),
            _ => None,
        })
    }

    /// Puts a value at its end; everything before it must be there.
    pub(crate) fn set(&self, item: &mut Attributes, value: Attribute) -> Option<()> {
        let Some((last, before)) = self.steps.split_last() else {
            item.insert(self.root.clone(), value);
            return Some(());
        };
        match (self.walk(item, before)?, last) {
            (Attribute::M(members), Step::Name(name)) => {
                members.insert(name.clone(), value);
            }
            (Attribute::L(items), Step::Index(index)) => match items.get_mut(*index) {
                Some(place) => *place = value,
                None => items.push(value),
            },
            _ => return None,
        }
        Some(())
    }

    /// Removes what lies at its end; everything before it must be there.
    pub(crate) fn remove(&self, item: &mut Attributes) -> Option<()> {
        let Some((last, before)) = self.steps.split_last() else {
            item.remove(&self.root);
            return Some(());
        };
        match (self.walk(item, before)?, last) {
            (Attribute::M(members), Step::Name(name)) => {
                members.remove(name);
            }
            (Attribute::L(items), Step::Index(index)) => {
                if *index < items.len() {
                    items.remove(*index);
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn walk<'a>(&self, item: &'a mut Attributes, steps: &[Step]) -> Option<&'a mut Attribute> {
        steps.iter().try_fold(item.get_mut(&self.root)?, |at, step| match (at, step) {
            (Attribute::M(members), Step::Name(name)) => members.get_mut(name),
            (Attribute::L(items), Step::Index(index)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// Whether one lies inside the other or both are the same.
    pub(crate) fn overlaps(&self, other: &Path) -> bool {
        self.root == other.root && self.steps.iter().zip(&other.steps).all(|(a, b)| a == b)
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[{}", self.root)?;
        for step in &self.steps {
            match step {
                Step::Name(name) => write!(f, ", {name}")?,
                Step::Index(index) => write!(f, ", [{index}]")?,
            }
        }
        f.write_str("]")
    }
}

/// The parts of an item that some paths lead to.
pub(crate) fn project(item: &Attributes, paths: &[Path]) -> Attributes {
    let found = paths.iter().filter(|p| p.find(item).is_some());
    let mut found: Vec<(&str, &[Step])> =
        found.map(|p| (p.root.as_str(), p.steps.as_slice())).collect();
    found.sort_unstable();
    let mut out = Attributes::new();
    for (root, _) in &found {
        if let (false, Some(value)) = (out.contains_key(*root), item.get(*root)) {
            let below: Vec<&[Step]> =
                found.iter().filter(|(r, _)| r == root).map(|(_, steps)| *steps).collect();
            out.insert((*root).to_owned(), part(value, &below));
        }
    }
    out
}

/// The parts of a value that some steps lead to; an empty path asks for all of it.
fn part(value: &Attribute, wanted: &[&[Step]]) -> Attribute {
    if wanted.iter().any(|steps| steps.is_empty()) {
        return value.clone();
    }
    let below = |step: &Step| -> Vec<&[Step]> {
        wanted
            .iter()
            .filter_map(|w| w.split_first())
            .filter(|(s, _)| *s == step)
            .map(|(_, r)| r)
            .collect()
    };
    match value {
        Attribute::M(members) => {
            let named = members.iter().filter_map(|(name, inner)| {
                let below = below(&Step::Name(name.clone()));
                (!below.is_empty()).then(|| (name.clone(), part(inner, &below)))
            });
            Attribute::M(named.collect())
        }
        Attribute::L(items) => {
            let kept = items.iter().enumerate().filter_map(|(index, inner)| {
                let below = below(&Step::Index(index));
                (!below.is_empty()).then(|| part(inner, &below))
            });
            Attribute::L(kept.collect())
        }
        other => other.clone(),
    }
}
