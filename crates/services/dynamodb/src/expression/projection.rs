//! Projections: the attributes that a read returns.

use crate::attribute_value::{AttributeMap, AttributeValue};
use crate::expression::document_path::{DocumentPath, PathElement};

/// The part of an item that these paths name.
pub(crate) fn project(item: &AttributeMap, paths: &[DocumentPath]) -> AttributeMap {
    let mut paths: Vec<(&str, &[PathElement])> = paths
        .iter()
        .filter(|path| path.get(item).is_some())
        .map(|path| (path.attribute.as_str(), path.elements.as_slice()))
        .collect();
    paths.sort_unstable();
    let mut projected = AttributeMap::new();
    for (name, _) in &paths {
        if let (false, Some(value)) = (projected.contains_key(*name), item.get(*name)) {
            let below = paths.iter().filter(|(n, _)| n == name).map(|(_, elements)| *elements);
            projected.insert((*name).to_owned(), part(value, &below.collect::<Vec<_>>()));
        }
    }
    projected
}

/// The part of a value that these paths name; all of it if one of them is empty.
fn part(value: &AttributeValue, paths: &[&[PathElement]]) -> AttributeValue {
    if paths.iter().any(|path| path.is_empty()) {
        return value.clone();
    }
    let below = |element: &PathElement| -> Vec<&[PathElement]> {
        paths
            .iter()
            .filter_map(|path| path.split_first())
            .filter(|(first, _)| *first == element)
            .map(|(_, rest)| rest)
            .collect()
    };
    match value {
        AttributeValue::M(members) => {
            let members = members.iter().filter_map(|(name, member)| {
                let below = below(&PathElement::Name(name.clone()));
                (!below.is_empty()).then(|| (name.clone(), part(member, &below)))
            });
            AttributeValue::M(members.collect())
        }
        AttributeValue::L(items) => {
            let items = items.iter().enumerate().filter_map(|(index, item)| {
                let below = below(&PathElement::Index(index));
                (!below.is_empty()).then(|| part(item, &below))
            });
            AttributeValue::L(items.collect())
        }
        other => other.clone(),
    }
}
