//! Canonical user IDs, by which S3 identifies accounts.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html>

use cognitab_kernel::World;
use cognitab_wire::arn::{Arn, Partition};
use cognitab_wire::sigv4;
use serde_json::{Value as Json, json};

use crate::error::Error;

/// The canonical user ID of an account: 64 hexadecimal digits that do not reveal its number.
pub(crate) fn id(account: &str) -> String {
    sigv4::sha256_hex(account.as_bytes())
}

/// The policy as S3 stores it, in which the account's ARN takes the place of each principal
/// `CanonicalUser`. Fails if an ID is that of no account.
pub(crate) fn resolve_principals(
    world: &World,
    partition: Partition,
    mut policy: Json,
) -> Result<Json, Error> {
    let accounts = cognitab_iam::accounts(world);
    let statements = match policy.get_mut("Statement") {
        Some(Json::Array(list)) => list.iter_mut().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    for statement in statements {
        for element in ["Principal", "NotPrincipal"] {
            let Some(Json::Object(principals)) = statement.get_mut(element) else { continue };
            let Some(ids) = principals.remove("CanonicalUser") else { continue };
            let mut arns = one_or_many(principals.remove("AWS"));
            for id in one_or_many(Some(ids)) {
                let account = accounts.iter().find(|a| id.as_str() == Some(&self::id(a)));
                let account = account.ok_or_else(|| {
                    Error::MalformedPolicy("Invalid principal in policy".to_owned())
                })?;
                arns.push(json!(Arn::root(partition, account).to_string()));
            }
            let arns = if arns.len() == 1 { arns.remove(0) } else { Json::Array(arns) };
            principals.insert("AWS".to_owned(), arns);
        }
    }
    Ok(policy)
}

fn one_or_many(value: Option<Json>) -> Vec<Json> {
    match value {
        Some(Json::Array(values)) => values,
        one => one.into_iter().collect(),
    }
}
