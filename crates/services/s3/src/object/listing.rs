//! A page of a bucket's keys, which `ListObjects` and `ListObjectsV2` return.

use cognitab_kernel::World;
use cognitab_macros::Shape;
use cognitab_wire::http::encode_except;
use cognitab_wire::shape::Timestamp;

use crate::bucket::BucketName;
use crate::error::Error;
use crate::object::{self, ObjectKey};

/// Most keys and common prefixes of a page.
const MAX_KEYS: usize = 1000;

/// An object of a listing.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Object {
    pub(crate) key: ObjectKey,
    last_modified: Timestamp,
    #[shape(name = "ETag")]
    etag: String,
    size: i64,
    storage_class: String,
}

/// The prefix, up to and with the delimiter, that stands for all keys that begin with it.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct CommonPrefix {
    pub(crate) prefix: String,
}

/// Which keys a listing returns.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ListingQuery<'a> {
    /// The beginning of every key; empty for all keys.
    pub(crate) prefix: &'a str,
    /// What ends a common prefix; empty for no common prefixes.
    pub(crate) delimiter: &'a str,
    /// The key or common prefix after which the page begins.
    pub(crate) start_after: &'a str,
    /// Most keys and common prefixes of the page.
    pub(crate) max_keys: usize,
}

/// A page of a listing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ListingPage {
    pub(crate) contents: Vec<Object>,
    pub(crate) common_prefixes: Vec<CommonPrefix>,
    /// The last key or common prefix of the page, if more follow.
    pub(crate) next: Option<String>,
}

impl ListingPage {
    /// Reads a page of a bucket.
    pub(crate) fn read(world: &World, bucket: &BucketName, query: ListingQuery<'_>) -> ListingPage {
        let mut page = ListingPage::default();
        let mut last = String::new();
        let address = object::Object::address(bucket, query.prefix);
        for object in world.scan::<object::Object>(&address) {
            let common_prefix = query.common_prefix(&object.key);
            let entry = common_prefix.as_deref().unwrap_or(&object.key);
            let before = object.key.as_str() <= query.start_after || entry == query.start_after;
            if before || (common_prefix.is_some() && entry == last) {
                continue;
            }
            if page.len() >= query.max_keys {
                page.next = (query.max_keys > 0).then_some(last);
                return page;
            }
            last = entry.to_owned();
            match common_prefix {
                Some(prefix) => page.common_prefixes.push(CommonPrefix { prefix }),
                None => page.contents.push(object.into()),
            }
        }
        page
    }

    /// How many keys and common prefixes it has.
    pub(crate) fn len(&self) -> usize {
        self.contents.len() + self.common_prefixes.len()
    }

    /// The same page with its keys in the encoding of a request.
    pub(crate) fn encoded(mut self, encoding_type: Option<&str>) -> ListingPage {
        for object in &mut self.contents {
            object.key = encode(&object.key, encoding_type).into();
        }
        for common in &mut self.common_prefixes {
            common.prefix = encode(&common.prefix, encoding_type);
        }
        self
    }
}

impl ListingQuery<'_> {
    fn common_prefix(&self, key: &str) -> Option<String> {
        let rest = key.strip_prefix(self.prefix).filter(|_| !self.delimiter.is_empty())?;
        let (head, _) = rest.split_once(self.delimiter)?;
        Some(format!("{}{head}{}", self.prefix, self.delimiter))
    }
}

impl From<object::Object> for Object {
    fn from(object: object::Object) -> Object {
        Object {
            key: object.key,
            last_modified: Timestamp(object.modified.0 - object.modified.0.rem_euclid(1000)),
            etag: object.etag,
            size: object.size,
            storage_class: "STANDARD".to_owned(),
        }
    }
}

/// A key or prefix in the encoding of a request.
pub(crate) fn encode(text: &str, encoding_type: Option<&str>) -> String {
    if encoding_type.is_some() { encode_except(text, "/*") } else { text.to_owned() }
}

/// Checks that an encoding type, if any, is `url`.
pub(crate) fn check_encoding_type(encoding_type: Option<&str>) -> Result<(), Error> {
    match encoding_type {
        None | Some("url") => Ok(()),
        Some(other) => Err(Error::InvalidArgument {
            name: "encoding-type",
            value: other.to_owned(),
            message: "Invalid Encoding Method specified in Request",
        }),
    }
}

/// Reads `max-keys`, which is no more than 1,000 whatever the request names.
pub(crate) fn parse_max_keys(text: Option<&str>) -> Result<usize, Error> {
    let Some(text) = text else { return Ok(MAX_KEYS) };
    let invalid =
        |message| Error::InvalidArgument { name: "max-keys", value: text.to_owned(), message };
    let number = text
        .parse::<i32>()
        .map_err(|_| invalid("Provided max-keys not an integer or within integer range"))?;
    let number = usize::try_from(number)
        .map_err(|_| invalid("Argument maxKeys must be an integer between 0 and 2147483647"))?;
    Ok(number.min(MAX_KEYS))
}

/// A number of keys as a member of an output.
pub(crate) fn count(keys: usize) -> i64 {
    i64::try_from(keys).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(query: ListingQuery<'_>) -> (Vec<String>, Vec<String>, Option<String>) {
        let mut world = World::default();
        for key in ["a", "b/1", "b/2", "b/c/3", "d"] {
            let (bucket, key) = ("k".into(), key.into());
            world.put(&object::Object { bucket, key, ..object::Object::default() });
        }
        let page = ListingPage::read(&world, &"k".into(), query);
        (
            page.contents.into_iter().map(|object| object.key.into_inner()).collect(),
            page.common_prefixes.into_iter().map(|common| common.prefix).collect(),
            page.next,
        )
    }

    #[test]
    fn a_delimiter_groups_keys_by_common_prefixes() {
        let all = ListingQuery { max_keys: 9, ..ListingQuery::default() };
        assert_eq!(keys(all).0.len(), 5);
        let grouped = ListingQuery { delimiter: "/", ..all };
        assert_eq!(keys(grouped), (vec!["a".into(), "d".into()], vec!["b/".into()], None));
        let (contents, prefixes, _) = keys(ListingQuery { prefix: "b/", ..grouped });
        assert_eq!((contents, prefixes), (vec!["b/1".into(), "b/2".into()], vec!["b/c/".into()]));
    }

    #[test]
    fn pages_follow_one_another() {
        let first = ListingQuery { delimiter: "/", max_keys: 2, ..ListingQuery::default() };
        let (_, _, next) = keys(first);
        assert_eq!(next.as_deref(), Some("b/"));
        let (contents, prefixes, next) = keys(ListingQuery { start_after: "b/", ..first });
        assert_eq!((contents, prefixes.len(), next), (vec!["d".into()], 0, None));
    }
}
