//! The syntax of actions, resources and principals, with IAM's messages.

use crate::validate::Kind;
use cognitab_wire::arn::is_account_id;

/// IAM's message for an invalid action.
pub(crate) fn action_error(action: &str) -> Option<String> {
    let mut parts = action.split(':');
    let vendor = parts.next().unwrap_or_default();
    match (parts.next(), parts.next()) {
        _ if action == "*" => None,
        (None, _) => {
            let message = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, \
                           etc.";
            Some(message.to_owned())
        }
        (Some(_), Some(_)) => Some("Actions/Condition can contain only one colon.".to_owned()),
        (Some(_), None) => {
            let valid = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
            let valid = vendor == "*" || vendor.bytes().all(valid);
            (!valid).then(|| format!("Vendor {vendor} is not valid"))
        }
    }
}

/// IAM's message for an invalid resource.
pub(crate) fn resource_error(resource: &str, kind: Kind) -> Option<String> {
    if resource == "*" {
        return None;
    }
    let fields: Vec<&str> = resource.splitn(6, ':').collect();
    let field = |index: usize| fields.get(index).copied();
    if field(0) != Some("arn") {
        return Some(format!("Resource {resource} must be in ARN format or \"*\"."));
    }
    let partition = field(1).unwrap_or_default();
    if !partition.starts_with("aws") && partition != "*" {
        let part = |index| field(index).unwrap_or("*");
        let (service, region, account, rest) = (part(2), part(3), part(4), part(5));
        return Some(format!(
            "Partition \"{partition}\" is not valid for resource \
             \"arn:{partition}:{service}:{region}:{account}:{rest}\"."
        ));
    }
    match field(2) {
        None => return Some(VENDOR.to_owned()),
        Some(service) if service.is_empty() || service.contains(['*', '?']) => {
            return Some(VENDOR.to_owned());
        }
        Some("iam") if !field(3).unwrap_or_default().is_empty() => {
            return Some(format!("IAM resource {resource} cannot contain region information."));
        }
        // ARNs of access points have a region and an account; those of buckets and objects have
        // neither.
        Some("s3") if field(4) == Some("") && field(3) != Some("") => {
            return Some(format!("Resource {resource} can not contain region information."));
        }
        Some(_) => {}
    }
    (kind == Kind::Session && fields.len() < 6)
        .then(|| "The policy failed legacy parsing".to_owned())
}

const VENDOR: &str = "Resource vendor must be fully qualified and cannot contain regexes.";

/// Whether it is an account ID, an ARN of IAM or STS, or a unique ID.
pub(crate) fn is_aws_principal(text: &str) -> bool {
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    match fields.as_slice() {
        [one] => {
            let id = one.len() >= 16 && one.starts_with('A');
            is_account_id(one) || (id && one.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        }
        ["arn", partition, "iam" | "sts", "", id, resource] => {
            let starts = ["user/", "role/", "assumed-role/", "federated-user/"];
            let named = *resource == "root"
                || starts
                    .iter()
                    .any(|start| resource.strip_prefix(start).is_some_and(|name| !name.is_empty()));
            partition.starts_with("aws") && is_account_id(id) && named
        }
        _ => false,
    }
}

/// Whether it is a web identity or SAML provider.
pub(crate) fn is_identity_provider(text: &str) -> bool {
    let builtin = [
        "cognito-identity.amazonaws.com",
        "accounts.google.com",
        "www.amazon.com",
        "graph.facebook.com",
    ];
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    match fields.as_slice() {
        ["arn", _, "iam", "", _, resource] => {
            resource.starts_with("oidc-provider/") || resource.starts_with("saml-provider/")
        }
        _ => builtin.contains(&text),
    }
}
