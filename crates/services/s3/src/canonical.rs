//! Canonical user ids: by them S3 knows accounts, stable and saying nothing.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html>

use cognitab_kernel::World;
use cognitab_wire::arn::{Arn, Partition};
use cognitab_wire::sigv4;
use serde_json::{Value as Json, json};

use crate::error::Error;

/// The canonical id of an account.
pub(crate) fn id(account: &str) -> String {
    sigv4::sha256_hex(account.as_bytes())
}

/// The policy with each canonical id in the place of a principal turned into the account that it
/// stands for, as S3 stores it. An id that no account has is no principal.
pub(crate) fn resolved(
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
            let Some(Json::Object(kinds)) = statement.get_mut(element) else { continue };
            let Some(ids) = kinds.remove("CanonicalUser") else { continue };
            let mut named = list(kinds.remove("AWS"));
            for one in list(Some(ids)) {
                let account = accounts.iter().find(|a| one.as_str() == Some(&id(a)));
                let account = account.ok_or_else(|| {
                    Error::MalformedPolicy("Invalid principal in policy".to_owned())
                })?;
                named.push(json!(Arn::root(partition, account).to_string()));
            }
            let named = if named.len() == 1 { named.remove(0) } else { Json::Array(named) };
            kinds.insert("AWS".to_owned(), named);
        }
    }
    Ok(policy)
}

fn list(value: Option<Json>) -> Vec<Json> {
    match value {
        Some(Json::Array(values)) => values,
        one => one.into_iter().collect(),
    }
}
