//! Exports a policy change as an AWS CLI command or as Terraform.

use super::change::{PolicyChange, PolicyLocation};
use super::json_format;

impl PolicyChange {
    /// The change as an AWS CLI command; `None` if the policy cannot be changed.
    pub fn cli(&self) -> Option<String> {
        let after = self.apply_to(self.before.as_ref())?;
        let text = json_format::one_line(&after).replace('\'', "'\\''");
        let is_removed = PolicyChange::leaves_no_statement(&after);
        Some(match self.location.as_ref()? {
            PolicyLocation::Inline { owner, policy } => {
                let (kind, name) = owner.kind_and_name();
                let call = format!("{kind}-policy --{kind}-name {name} --policy-name {policy}");
                match is_removed {
                    true => format!("aws iam delete-{call}"),
                    false => format!("aws iam put-{call} \\\n  --policy-document '{text}'"),
                }
            }
            PolicyLocation::Managed { arn } => format!(
                "aws iam create-policy-version --policy-arn {arn} --set-as-default \\\n  --policy-document '{text}'"
            ),
            PolicyLocation::Trust { role } => format!(
                "aws iam update-assume-role-policy --role-name {role} \\\n  --policy-document '{text}'"
            ),
            PolicyLocation::Bucket { bucket } if is_removed => {
                format!("aws s3api delete-bucket-policy --bucket {bucket}")
            }
            PolicyLocation::Bucket { bucket } => {
                format!("aws s3api put-bucket-policy --bucket {bucket} \\\n  --policy '{text}'")
            }
        })
    }

    /// The Terraform resource after the change; `None` if the policy cannot be changed.
    pub fn terraform(&self) -> Option<String> {
        let after = self.apply_to(self.before.as_ref())?;
        // Terraform would interpolate these sequences.
        let text = json_format::pretty(&after).replace("${", "$${").replace("%{", "%%{");
        let text = text.replace('\n', "\n  ");
        let block = |resource: &str, name: &str, lines: &[(&str, &str)], policy: &str| {
            let lines: String =
                lines.iter().map(|(name, value)| format!("  {name} = \"{value}\"\n")).collect();
            format!(
                "resource \"{resource}\" \"{}\" {{\n{lines}  {policy} = jsonencode({text})\n}}",
                terraform_label(name)
            )
        };
        Some(match self.location.as_ref()? {
            PolicyLocation::Inline { owner, policy } => {
                let (kind, name) = owner.kind_and_name();
                let lines = [("name", policy.as_str()), (kind, name)];
                block(&format!("aws_iam_{kind}_policy"), policy, &lines, "policy")
            }
            PolicyLocation::Managed { arn } => {
                let name = arn.rsplit('/').next().unwrap_or(arn);
                block("aws_iam_policy", name, &[("name", name)], "policy")
            }
            PolicyLocation::Trust { role } => {
                block("aws_iam_role", role, &[("name", role)], "assume_role_policy")
            }
            PolicyLocation::Bucket { bucket } => {
                block("aws_s3_bucket_policy", bucket, &[("bucket", bucket)], "policy")
            }
        })
    }
}

/// A name with the characters that Terraform allows in a block label.
fn terraform_label(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    name.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;
    use serde_json::json;

    #[test]
    fn templates_of_policies_are_none_of_terraforms() {
        let mut change = PolicyChange::from_event(&samples::guest()[3]).unwrap();
        change.before = Some(json!({"Statement": [{"Resource": "x/${aws:username}/*"}]}));
        assert!(change.terraform().unwrap().contains("x/$${aws:username}/*"));
    }
}
