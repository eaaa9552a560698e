//! Topic policies.

use cognitab_kernel::World;
use cognitab_policy::{Document, Kind, PrincipalPattern, Statement};
use cognitab_wire::arn::{Arn, is_account_id};
use serde_json::{Map, Value as Json, json};

use crate::attribute::Invalid;
use crate::topic::Topic;

/// Most bytes of a topic policy.
const MAX_BYTES: usize = 30_720;

/// The actions that a topic policy can allow or deny.
const ACTIONS: [&str; 12] = [
    "AddPermission",
    "DeleteTopic",
    "GetDataProtectionPolicy",
    "GetTopicAttributes",
    "ListSubscriptionsByTopic",
    "ListTagsForResource",
    "Publish",
    "PutDataProtectionPolicy",
    "Receive",
    "RemovePermission",
    "SetTopicAttributes",
    "Subscribe",
];

impl Topic {
    /// Edits the list of statements of its policy.
    pub(crate) fn edit_policy(&mut self, edit: impl FnOnce(&mut Vec<Json>)) {
        let policy = serde_json::from_str(&self.attribute("Policy"));
        let mut policy: Map<String, Json> = policy.unwrap_or_default();
        let mut statements = match policy.remove("Statement") {
            Some(Json::Array(statements)) => statements,
            statement => statement.into_iter().collect(),
        };
        edit(&mut statements);
        policy.insert("Statement".to_owned(), statements.into());
        self.attributes.insert("Policy".to_owned(), Json::Object(policy).to_string());
    }
}

/// The policy of a new topic.
pub(crate) fn default(topic: &Arn<'_>) -> String {
    json!({
        "Version": "2008-10-17",
        "Id": "__default_policy_ID",
        "Statement": [{
            "Sid": "__default_statement_ID",
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": [
                "SNS:GetTopicAttributes",
                "SNS:SetTopicAttributes",
                "SNS:AddPermission",
                "SNS:RemovePermission",
                "SNS:DeleteTopic",
                "SNS:Subscribe",
                "SNS:ListSubscriptionsByTopic",
                "SNS:Publish",
            ],
            "Resource": topic.to_string(),
            "Condition": {"StringEquals": {"AWS:SourceOwner": topic.account()}},
        }],
    })
    .to_string()
}

/// Checks a policy as SNS does before it attaches it.
pub(crate) fn check(world: &World, text: &str) -> Result<(), Invalid> {
    let refuse = |reason: &str| Invalid::Value(reason.to_owned());
    let malformed = || refuse("Policy Error: null");
    if text.len() > MAX_BYTES {
        return Err(malformed());
    }
    let document = Document::parse(text).map_err(|_| malformed())?;
    if !document.statements.iter().flat_map(principals).all(|one| exists(world, one)) {
        return Err(refuse("Policy Error: PrincipalNotFound"));
    }
    document.validate(Kind::Resource).map_err(|_| malformed())?;
    let mut actions =
        document.statements.iter().flat_map(|one| &one.action).flat_map(|a| &a.values);
    match actions.all(|action| is_action(action.source())) {
        true => Ok(()),
        false => Err(refuse("Policy statement action out of service scope!")),
    }
}

fn principals(statement: &Statement) -> impl Iterator<Item = &PrincipalPattern> {
    statement.principal.iter().flat_map(|principals| &principals.values)
}

/// Whether this is `SNS:` and the name of an action of topic policies. Patterns are not.
fn is_action(text: &str) -> bool {
    let name = text.split_once(':').filter(|(prefix, _)| prefix.eq_ignore_ascii_case("sns"));
    name.is_some_and(|(_, name)| ACTIONS.iter().any(|action| action.eq_ignore_ascii_case(name)))
}

/// Whether a principal exists. Services and identity providers are not checked.
fn exists(world: &World, principal: &PrincipalPattern) -> bool {
    let PrincipalPattern::Aws(name) = principal else { return true };
    is_account(world, name)
        || Arn::parse(name).is_some_and(|arn| {
            (arn.is_root() || arn.service() == "sts") && is_account(world, arn.account())
        })
        || cognitab_iam::subjects(world).any(|one| one.arn == *name || one.id == *name)
}

/// Whether there is an account of this ID.
fn is_account(world: &World, id: &str) -> bool {
    is_account_id(id) && cognitab_iam::accounts(world).contains(id)
}
