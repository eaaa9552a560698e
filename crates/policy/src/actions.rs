//! The actions of the simulated services: the resource types and condition keys of each.
//!
//! Reads the table that ships with the crate; see `data/README.md`.

use crate::{
    document::{Element, Statement},
    pattern::Glob,
};

const TABLE: &str = include_str!("../data/actions.txt");

/// The longest an ARN can be.
const LONGEST: usize = 2048;

/// One service of the table.
#[derive(Clone, Copy)]
pub(crate) struct Service {
    pub(crate) name: &'static str,
    lines: &'static str,
}

/// One action of the table.
#[derive(Clone, Copy)]
pub(crate) struct Action {
    service: Service,
    pub(crate) name: &'static str,
    types: &'static str,
    keys: &'static str,
}

/// The services of the table.
pub(crate) fn services() -> impl Iterator<Item = Service> {
    TABLE.split('=').skip(1).filter_map(|part| {
        let (name, lines) = part.split_once('\n')?;
        Some(Service { name, lines })
    })
}

/// The actions that match a pattern such as `s3:Get*`, ignoring case.
pub(crate) fn matching(pattern: &str) -> impl Iterator<Item = Action> {
    let (vendor, name) = pattern.split_once(':').unwrap_or((pattern, "*"));
    let services =
        services().filter(move |one| vendor == "*" || vendor.eq_ignore_ascii_case(one.name));
    services
        .flat_map(Service::actions)
        .filter(move |one| Glob::Text(name.as_bytes()).matches(one.name, true))
}

/// The service with a prefix such as `s3`, if the table has it.
pub(crate) fn service(name: &str) -> Option<Service> {
    services().find(|one| one.name.eq_ignore_ascii_case(name))
}

impl Service {
    /// Its actions, sorted by name.
    pub(crate) fn actions(self) -> impl Iterator<Item = Action> {
        self.lines.lines().filter_map(move |line| {
            let mut parts = line.split(' ');
            let (name, types, keys) = (parts.next()?, parts.next()?, parts.next()?);
            let action = !name.starts_with(['<', '>']) && !keys.is_empty();
            action.then_some(Action { service: self, name, types, keys })
        })
    }

    fn lines_marked(self, mark: char) -> impl Iterator<Item = &'static str> {
        self.lines.lines().filter_map(move |line| line.strip_prefix(mark))
    }

    /// Its own condition keys without the service prefix; may repeat.
    pub(crate) fn keys(self) -> impl Iterator<Item = &'static str> {
        self.lines_marked('>')
            .flat_map(|set| set.split(' '))
            .filter_map(|one| one.strip_prefix(':'))
    }

    /// Whether any of its actions has this condition key.
    pub(crate) fn has_key(self, key: &str) -> bool {
        self.lines_marked('>').any(|set| self.holds(set, key))
    }

    fn holds(self, set: &str, key: &str) -> bool {
        set.split(' ').any(|one| match one.strip_prefix(':') {
            Some(own) => key.split_once(':').is_some_and(|(vendor, name)| {
                vendor.eq_ignore_ascii_case(self.name) && fits(own, name)
            }),
            None => fits(one, key),
        })
    }
}

impl Action {
    /// Whether a request for it can include this service-specific key.
    pub(crate) fn has_key(self, key: &str) -> bool {
        let set =
            self.keys.parse().ok().and_then(|index| self.service.lines_marked('>').nth(index));
        set.is_some_and(|set| self.service.holds(set, key))
    }

    /// ARN patterns of its resource types, without `arn:aws:`; none if the action does not support
    /// resource-level permissions.
    pub(crate) fn resource_types(self) -> impl Iterator<Item = &'static str> {
        let indices = self.types.split(',').filter_map(|index| index.parse::<usize>().ok());
        indices.filter_map(move |index| self.service.lines_marked('<').nth(index))
    }

    /// Whether a `Resource` value can match a resource of this action.
    pub(crate) fn applies_to(self, resource: &str) -> bool {
        // Longer than any ARN: not analyzed.
        if resource == "*" || resource.len() > LONGEST {
            return true;
        }
        let Some(rest) = resource.strip_prefix("arn:").and_then(|one| one.split_once(':')) else {
            return false;
        };
        let mut types = self.resource_types().peekable();
        match types.peek() {
            // Without resource types, only a resource with wildcards for the whole service matches.
            None => rest.1.split(':').skip(1).all(|field| field.is_empty() || field == "*"),
            Some(_) => types.any(|one| overlap_fields(one, rest.1)),
        }
    }
}

impl Statement {
    /// The actions of the table that its `Action` matches.
    pub(crate) fn actions(&self) -> impl Iterator<Item = Action> {
        let element = self.action.iter().filter(|one| !one.not);
        element.flat_map(|one| &one.values).flat_map(|value| matching(value.source()))
    }

    /// Whether an action that matches the pattern applies to a resource of the statement. Always
    /// true for `NotResource`.
    pub(crate) fn applies_to_any_resource(&self, pattern: &str) -> bool {
        let Some(Element { not: false, values }) = &self.resource else { return true };
        matching(pattern).any(|action| values.iter().any(|one| action.applies_to(one.source())))
    }
}

/// Matches a name against a name with at most one `*`.
fn fits(pattern: &str, name: &str) -> bool {
    Glob::Text(pattern.as_bytes()).matches(name, true)
}

/// Whether the ARN pattern of a resource type and that of a `Resource` can match the same ARN,
/// compared field by field up to the last field of the `Resource`.
fn overlap_fields(kind: &str, resource: &str) -> bool {
    let mut fields = kind.splitn(4, ':');
    let mut wanted = resource.splitn(4, ':').peekable();
    while let (Some(kind), Some(field)) = (fields.next(), wanted.next()) {
        if !overlap(kind.as_bytes(), &without_variables(field)) {
            return false;
        }
        // Missing fields match anything.
        if wanted.peek().is_none() {
            return true;
        }
    }
    true
}

/// Replaces policy variables by `*`: they can hold any text.
fn without_variables(field: &str) -> Vec<u8> {
    let mut out = String::new();
    let mut rest = field;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        out.push('*');
        rest = after.split_once('}').map_or("", |(_, behind)| behind);
    }
    (out + rest).into_bytes()
}

/// Whether some text matches both patterns; in the first one, `+` stands for any text without a
/// slash. Dynamic programming over the suffixes of both, one row at a time.
fn overlap(kind: &[u8], wanted: &[u8]) -> bool {
    let open = |byte: u8| byte == b'*';
    let mut row: Vec<bool> = vec![false; wanted.len() + 1];
    for end in (0..=kind.len()).rev() {
        let below = row.clone();
        for at in (0..=wanted.len()).rev() {
            let behind = row.get(at + 1).copied().unwrap_or(false);
            let (skip, both) = (below.get(at).copied(), below.get(at + 1).copied());
            let (skip, both) = (skip.unwrap_or(false), both.unwrap_or(false));
            let met = match (kind.get(end), wanted.get(at)) {
                (None, None) => true,
                (None, Some(byte)) => open(*byte) && behind,
                (Some(b'*' | b'+'), None) => skip,
                (Some(_), None) => false,
                (Some(_), Some(b'*')) => behind || skip,
                (Some(b'*'), Some(_)) => skip || behind,
                (Some(b'+'), Some(byte)) => skip || (*byte != b'/' && behind),
                (Some(a), Some(b)) => (*b == b'?' || a == b) && both,
            };
            if let Some(cell) = row.get_mut(at) {
                *cell = met;
            }
        }
    }
    row.first().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::{matching, overlap, service};

    #[test]
    fn what_actions_act_on() {
        let acts =
            |action: &str, resource: &str| matching(action).any(|one| one.applies_to(resource));
        assert!(acts("s3:GetObject", "arn:aws:s3:::b/*"));
        assert!(acts("S3:getobject", "arn:aws:s3:::b/${aws:username}/x"));
        assert!(acts("s3:GetObject", "*"));
        assert!(acts("s3:GetObject", "arn:aws:s3:::b*"));
        assert!(!acts("s3:GetObject", "arn:aws:s3:::b"));
        assert!(!acts("s3:ListBucket", "arn:aws:s3:::b/*"));
        assert!(acts("s3:ListBucket", "arn:aws:s3:::b"));
        assert!(acts("s3:ListAllMyBuckets", "arn:aws:s3:::*"));
        assert!(!acts("s3:ListAllMyBuckets", "arn:aws:s3:::b"));
        assert!(acts("dynamodb:Query", "arn:aws:dynamodb:us-east-1:1:table/t/index/*"));
        assert!(!acts("dynamodb:PutItem", "arn:aws:dynamodb:us-east-1:1:table/t/index/i"));
        assert!(acts("dynamodb:*", "arn:aws:dynamodb"));
        assert!(acts("iam:GetRole", "arn:aws:iam::1:role/team/archivist"));
    }

    #[test]
    fn which_keys_actions_have() {
        let has = |action: &str, key: &str| matching(action).any(|one| one.has_key(key));
        assert!(has("s3:ListBucket", "S3:Prefix"));
        assert!(!has("s3:GetObject", "s3:prefix"));
        assert!(has("s3:GetObject", "s3:ExistingObjectTag/team"));
        assert!(has("dynamodb:GetItem", "dynamodb:LeadingKeys"));
        assert!(!has("dynamodb:Scan", "dynamodb:LeadingKeys"));
        assert!(
            service("s3").is_some_and(|one| one.has_key("s3:prefix") && !one.has_key("s3:prefx"))
        );
        assert!(service("sdb").is_none());
    }

    #[test]
    fn patterns_that_meet() {
        let meet = |a: &str, b: &str| overlap(a.as_bytes(), b.as_bytes());
        assert!(meet("", "") && meet("*", "") && meet("+", "") && meet("a+/*", "a*"));
        assert!(meet("table/+", "*") && meet("table/+", "t?ble/x"));
        assert!(!meet("table/+", "table/x/index/y") && !meet("", "a") && !meet("a", ""));
    }
}
