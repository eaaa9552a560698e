//! Document paths such as `Album.Tracks[3].Title`.

use std::fmt;

use crate::attribute_value::{AttributeMap, AttributeValue};

/// A path to an attribute of an item, or to an element within it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DocumentPath {
    /// The top-level attribute.
    pub(crate) attribute: String,
    /// The elements below it, from the outside in.
    pub(crate) elements: Vec<PathElement>,
}

/// An element of a map or a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PathElement {
    /// `.name`.
    Name(String),
    /// `[3]`.
    Index(usize),
}

impl DocumentPath {
    /// The value at the path.
    pub(crate) fn get<'a>(&self, item: &'a AttributeMap) -> Option<&'a AttributeValue> {
        let attribute = item.get(&self.attribute)?;
        self.elements.iter().try_fold(attribute, |value, element| match (value, element) {
            (AttributeValue::M(members), PathElement::Name(name)) => members.get(name),
            (AttributeValue::L(items), PathElement::Index(index)) => items.get(*index),
            _ => None,
        })
    }

    /// Sets the value at the path; behind the end of a list it is appended. `None` if the map or
    /// list that is to contain it does not exist.
    pub(crate) fn set(&self, item: &mut AttributeMap, value: AttributeValue) -> Option<()> {
        let Some((last, parents)) = self.elements.split_last() else {
            item.insert(self.attribute.clone(), value);
            return Some(());
        };
        match (self.parent(item, parents)?, last) {
            (AttributeValue::M(members), PathElement::Name(name)) => {
                members.insert(name.clone(), value);
            }
            (AttributeValue::L(items), PathElement::Index(index)) => match items.get_mut(*index) {
                Some(element) => *element = value,
                None => items.push(value),
            },
            _ => return None,
        }
        Some(())
    }

    /// Removes the value at the path, if there is one. `None` if the map or list that is to contain
    /// it does not exist.
    pub(crate) fn remove(&self, item: &mut AttributeMap) -> Option<()> {
        let Some((last, parents)) = self.elements.split_last() else {
            item.remove(&self.attribute);
            return Some(());
        };
        match (self.parent(item, parents)?, last) {
            (AttributeValue::M(members), PathElement::Name(name)) => {
                members.remove(name);
            }
            (AttributeValue::L(items), PathElement::Index(index)) => {
                if *index < items.len() {
                    items.remove(*index);
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn parent<'a>(
        &self,
        item: &'a mut AttributeMap,
        elements: &[PathElement],
    ) -> Option<&'a mut AttributeValue> {
        let attribute = item.get_mut(&self.attribute)?;
        elements.iter().try_fold(attribute, |value, element| match (value, element) {
            (AttributeValue::M(members), PathElement::Name(name)) => members.get_mut(name),
            (AttributeValue::L(items), PathElement::Index(index)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// Whether two paths are equal or one leads into the value of the other.
    pub(crate) fn overlaps(&self, other: &DocumentPath) -> bool {
        self.attribute == other.attribute
            && self.elements.iter().zip(&other.elements).all(|(a, b)| a == b)
    }
}

impl fmt::Display for DocumentPath {
    /// Writes it as AWS's messages do: `[Album, Tracks, [3], Title]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}", self.attribute)?;
        for element in &self.elements {
            match element {
                PathElement::Name(name) => write!(f, ", {name}")?,
                PathElement::Index(index) => write!(f, ", [{index}]")?,
            }
        }
        f.write_str("]")
    }
}
