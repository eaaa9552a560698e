//! A page of a bucket's keys, as both listings show it.

use cognitab_kernel::World;
use cognitab_macros::Shape;
use cognitab_wire::http::encode_except;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::object::Object;

/// Most keys on a page.
const MOST: usize = 1000;

/// A key on a page.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Listed {
    pub(crate) key: String,
    last_modified: Timestamp,
    #[shape(name = "ETag")]
    etag: String,
    size: i64,
    storage_class: String,
}

/// What several keys have in common up to the delimiter.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct CommonPrefix {
    pub(crate) prefix: String,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked<'a> {
    /// Only keys that begin so.
    pub(crate) prefix: &'a str,
    /// Where keys are folded; empty means nowhere.
    pub(crate) delimiter: &'a str,
    /// Only what comes behind this key or common prefix.
    pub(crate) after: &'a str,
    /// Most keys and prefixes.
    pub(crate) most: usize,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    /// The keys.
    pub(crate) contents: Vec<Listed>,
    /// The folded ones.
    pub(crate) prefixes: Vec<CommonPrefix>,
    /// Key or prefix at its end if more follow.
    pub(crate) next: Option<String>,
}

impl Page {
    /// Reads a page of a bucket.
    pub(crate) fn read(world: &World, bucket: &str, asked: Asked<'_>) -> Page {
        let mut page = Page::default();
        let mut last = String::new();
        let address = Object::address(bucket, asked.prefix);
        for object in world.scan::<Object>(&address) {
            let common = asked.common(&object.key);
            let shown = common.as_deref().unwrap_or(&object.key);
            let passed = object.key.as_str() <= asked.after || shown == asked.after;
            if passed || (common.is_some() && shown == last) {
                continue;
            }
            if page.len() >= asked.most {
                page.next = (asked.most > 0).then_some(last);
                return page;
            }
            last = shown.to_owned();
            match common {
                Some(prefix) => page.prefixes.push(CommonPrefix { prefix }),
                None => page.contents.push(Listed::of(object)),
            }
        }
        page
    }

    /// How many keys and prefixes it holds.
    pub(crate) fn len(&self) -> usize {
        self.contents.len() + self.prefixes.len()
    }

    /// The same with every key encoded as the request wants it.
    pub(crate) fn encoded(mut self, encoding: Option<&str>) -> Page {
        for listed in &mut self.contents {
            listed.key = encoded(&listed.key, encoding);
        }
        for common in &mut self.prefixes {
            common.prefix = encoded(&common.prefix, encoding);
        }
        self
    }
}

impl Asked<'_> {
    fn common(&self, key: &str) -> Option<String> {
        let rest = key.strip_prefix(self.prefix).filter(|_| !self.delimiter.is_empty())?;
        let (head, _) = rest.split_once(self.delimiter)?;
        Some(format!("{}{head}{}", self.prefix, self.delimiter))
    }
}

impl Listed {
    fn of(object: Object) -> Listed {
        Listed {
            key: object.key,
            last_modified: Timestamp(object.modified.0 - object.modified.0.rem_euclid(1000)),
            etag: object.etag,
            size: object.size,
            storage_class: "STANDARD".to_owned(),
        }
    }
}

/// A key or prefix in the encoding that a request asks for.
pub(crate) fn encoded(text: &str, encoding: Option<&str>) -> String {
    if encoding.is_some() { encode_except(text, "/*") } else { text.to_owned() }
}

/// Refuses an encoding other than `url`.
pub(crate) fn check_encoding(encoding: Option<&str>) -> Result<(), Error> {
    match encoding {
        None | Some("url") => Ok(()),
        Some(other) => Err(Error::InvalidArgument {
            name: "encoding-type",
            value: other.to_owned(),
            message: "Invalid Encoding Method specified in Request",
        }),
    }
}

/// Reads `max-keys`.
pub(crate) fn most(text: Option<&str>) -> Result<usize, Error> {
    let Some(text) = text else { return Ok(MOST) };
    let refused =
        |message| Error::InvalidArgument { name: "max-keys", value: text.to_owned(), message };
    let number = text
        .parse::<i32>()
        .map_err(|_| refused("Provided max-keys not an integer or within integer range"))?;
    let number = usize::try_from(number)
        .map_err(|_| refused("Argument maxKeys must be an integer between 0 and 2147483647"))?;
    Ok(number.min(MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(asked: Asked<'_>) -> (Vec<String>, Vec<String>, Option<String>) {
        let mut world = World::default();
        for key in ["a", "b/1", "b/2", "b/c/3", "d"] {
            world.put(&Object { bucket: "k".into(), key: key.into(), ..Object::default() });
        }
        let page = Page::read(&world, "k", asked);
        (
            page.contents.into_iter().map(|c| c.key).collect(),
            page.prefixes.into_iter().map(|p| p.prefix).collect(),
            page.next,
        )
    }

    #[test]
    fn keys_are_folded_at_the_delimiter() {
        let all = Asked { most: 9, ..Asked::default() };
        assert_eq!(keys(all).0.len(), 5);
        let folded = Asked { delimiter: "/", ..all };
        assert_eq!(keys(folded), (vec!["a".into(), "d".into()], vec!["b/".into()], None));
        let (contents, prefixes, _) = keys(Asked { prefix: "b/", ..folded });
        assert_eq!((contents, prefixes), (vec!["b/1".into(), "b/2".into()], vec!["b/c/".into()]));
    }

    #[test]
    fn pages_follow_one_another() {
        let first = Asked { delimiter: "/", most: 2, ..Asked::default() };
        let (_, _, next) = keys(first);
        assert_eq!(next.as_deref(), Some("b/"));
        let (contents, prefixes, next) = keys(Asked { after: "b/", ..first });
        assert_eq!((contents, prefixes.len(), next), (vec!["d".into()], 0, None));
    }
}
