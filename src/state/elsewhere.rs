//! A change as other tools would make it: the AWS command line, Terraform.

use super::change::{Change, Home};
use super::layout;

impl Change {
    /// The same change with the AWS command line.
    pub fn cli(&self) -> Option<String> {
        let after = self.made(self.before.as_ref())?;
        let text = layout::line(&after).replace('\'', "'\\''");
        let gone = Change::empties(&after);
        Some(match self.home.as_ref()? {
            Home::Inline { owner, policy } => {
                let (word, name) = owner.named();
                let call = format!("{word}-policy --{word}-name {name} --policy-name {policy}");
                match gone {
                    true => format!("aws iam delete-{call}"),
                    false => format!("aws iam put-{call} \\\n  --policy-document '{text}'"),
                }
            }
            Home::Managed { arn } => format!(
                "aws iam create-policy-version --policy-arn {arn} --set-as-default \\\n  --policy-document '{text}'"
            ),
            Home::Trust { role } => format!(
                "aws iam update-assume-role-policy --role-name {role} \\\n  --policy-document '{text}'"
            ),
            Home::Bucket { bucket } if gone => {
                format!("aws s3api delete-bucket-policy --bucket {bucket}")
            }
            Home::Bucket { bucket } => {
                format!("aws s3api put-bucket-policy --bucket {bucket} \\\n  --policy '{text}'")
            }
        })
    }

    /// The same change in Terraform: the resource as it stands afterwards.
    pub fn terraform(&self) -> Option<String> {
        let after = self.made(self.before.as_ref())?;
        // Terraform would take these for templates of its own.
        let text = layout::text(&after).replace("${", "$${").replace("%{", "%%{");
        let text = text.replace('\n', "\n  ");
        let block = |kind: &str, name: &str, lines: &[(&str, &str)], policy: &str| {
            let lines: String =
                lines.iter().map(|(name, value)| format!("  {name} = \"{value}\"\n")).collect();
            format!(
                "resource \"{kind}\" \"{}\" {{\n{lines}  {policy} = jsonencode({text})\n}}",
                label_of(name)
            )
        };
        Some(match self.home.as_ref()? {
            Home::Inline { owner, policy } => {
                let (word, name) = owner.named();
                let lines = [("name", policy.as_str()), (word, name)];
                block(&format!("aws_iam_{word}_policy"), policy, &lines, "policy")
            }
            Home::Managed { arn } => {
                let name = arn.rsplit('/').next().unwrap_or(arn);
                block("aws_iam_policy", name, &[("name", name)], "policy")
            }
            Home::Trust { role } => {
                block("aws_iam_role", role, &[("name", role)], "assume_role_policy")
            }
            Home::Bucket { bucket } => {
                block("aws_s3_bucket_policy", bucket, &[("bucket", bucket)], "policy")
            }
        })
    }
}

/// A name as Terraform allows it for a block.
fn label_of(name: &str) -> String {
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
        let mut change = Change::of_event(&samples::guest()[3]).unwrap();
        change.before = Some(json!({"Statement": [{"Resource": "x/${aws:username}/*"}]}));
        assert!(change.terraform().unwrap().contains("x/$${aws:username}/*"));
    }
}
