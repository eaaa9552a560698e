//! Parses a principal that the user enters.

use cognitab_policy::Principal;

/// Web identity providers that policies name without an ARN.
const PROVIDERS: [&str; 4] = [
    "cognito-identity.amazonaws.com",
    "accounts.google.com",
    "graph.facebook.com",
    "www.amazon.com",
];

/// The principal that an ARN, account ID, service or provider name identifies.
pub fn parse_principal(text: &str) -> Option<Principal> {
    let owned = str::to_owned;
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    if let ["arn", partition, service, _, account, rest] = parts.as_slice() {
        let (kind, name) = rest.split_once('/').unwrap_or((rest, ""));
        let (arn, account) = (owned(text), owned(account));
        return match (*service, kind) {
            ("iam", "root") => Some(Principal::Root { account, partition: owned(partition) }),
            ("iam", "user") => Some(Principal::User { arn, id: String::new(), account }),
            ("iam", "role") => {
                let role = name.rsplit('/').next().unwrap_or(name);
                let session_arn =
                    format!("arn:{partition}:sts::{account}:assumed-role/{role}/session");
                Some(Principal::Session { role_arn: arn, session_arn, account })
            }
            ("sts", "assumed-role") => {
                let role = name.split('/').next().unwrap_or(name);
                let role_arn = format!("arn:{partition}:iam::{account}:role/{role}");
                Some(Principal::Session { role_arn, session_arn: arn, account })
            }
            ("sts", "federated-user") => Some(Principal::FederatedUser { arn, account }),
            ("iam", "oidc-provider") => Some(Principal::WebIdentity { provider: arn }),
            ("iam", "saml-provider") => Some(Principal::Saml { provider: arn }),
            _ => None,
        };
    }
    match text {
        "*" | "anonymous" => Some(Principal::Anonymous),
        name if PROVIDERS.contains(&name) => Some(Principal::WebIdentity { provider: owned(name) }),
        name if name.ends_with(".amazonaws.com") => Some(Principal::Service { name: owned(name) }),
        digits if digits.len() == 12 && digits.chars().all(|c| c.is_ascii_digit()) => {
            Some(Principal::Root { account: owned(digits), partition: "aws".to_owned() })
        }
        _ => None,
    }
}

/// Display name of an account.
pub fn account_name(account_id: &str) -> &str {
    match account_id {
        "111122223333" => "Studio",
        "444455556666" => "Archive",
        "" => "no account",
        _ => "account",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_are_parsed() {
        let kinds = [
            ("arn:aws:iam::1:user/a/b", Some("1")),
            ("arn:aws:sts::2:assumed-role/r/s", Some("2")),
            ("arn:aws:iam::3:role/p/r", Some("3")),
            ("cognito-identity.amazonaws.com", None),
            ("s3.amazonaws.com", None),
            ("*", None),
            ("123456789012", Some("123456789012")),
        ];
        for (text, account) in kinds {
            assert_eq!(parse_principal(text).unwrap().account(), account, "{text}");
        }
        for text in ["", "dana", "arn:aws:s3:::bucket", "arn:"] {
            assert_eq!(parse_principal(text), None, "{text}");
        }
    }
}
