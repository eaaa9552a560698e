//! A call as text for the AWS CLI, boto3 and the AWS SDK for JavaScript.

use cognitab_wire::schema::{Kind, Schema};
use cognitab_wire::sigv4::Credentials;
use serde_json::Value;

use super::catalog::Operation;

/// Writes a call down.
pub type Write = fn(&Call<'_>) -> String;

/// The languages, by the labels of their tabs.
pub const LANGUAGES: [(&str, Write); 3] =
    [("AWS CLI", cli), ("boto3", boto3), ("JavaScript", javascript)];

/// The local endpoint's default address.
const ENDPOINT: &str = "http://localhost:4566";

/// Names of the services: endpoint prefix, command of the CLI, and in the SDK for JavaScript the
/// package and the client's class.
const SERVICES: [(&str, &str, &str, &str); 8] = [
    ("cognito-identity", "cognito-identity", "cognito-identity", "CognitoIdentity"),
    ("cognito-idp", "cognito-idp", "cognito-identity-provider", "CognitoIdentityProvider"),
    ("cognito-sync", "cognito-sync", "cognito-sync", "CognitoSync"),
    ("dynamodb", "dynamodb", "dynamodb", "DynamoDB"),
    ("iam", "iam", "iam", "IAM"),
    ("s3", "s3api", "s3", "S3"),
    ("sns", "sns", "sns", "SNS"),
    ("sts", "sts", "sts", "STS"),
];

/// A call to write down.
pub struct Call<'a> {
    /// The operation.
    pub operation: Operation,
    /// Its input.
    pub input: &'a Value,
    /// The caller's keys; `None` for an anonymous call.
    pub credentials: Option<&'a Credentials>,
    /// The region.
    pub region: &'a str,
}

impl Call<'_> {
    fn service(&self) -> &'static str {
        self.operation.service.endpoint_prefix
    }

    fn names(&self) -> (&'static str, &'static str, &'static str) {
        let service = self.service();
        let known = SERVICES.iter().find(|(prefix, ..)| *prefix == service);
        known.map_or((service, service, service), |(_, cli, package, class)| (cli, package, class))
    }

    fn members(&self) -> impl Iterator<Item = (&str, &Value, &'static Schema)> {
        let schema = self.operation.operation.input;
        let members = self.input.as_object().into_iter().flatten();
        members.map(move |(name, value)| (name.as_str(), value, schema_of(schema, name)))
    }
}

fn schema_of(schema: &'static Schema, name: &str) -> &'static Schema {
    let member = schema.members().iter().find(|member| member.name == name);
    member.map_or(&Schema::DOCUMENT, |member| member.schema)
}

/// A command for a shell. A body that the CLI reads from a file is written to one first.
fn cli(call: &Call<'_>) -> String {
    let (command, ..) = call.names();
    let mut lines = Vec::new();
    let mut before = String::new();
    let operation = separated(call.operation.operation.name, '-');
    for (name, value, schema) in call.members() {
        let option = separated(name, '-');
        lines.push(match (schema.kind, value) {
            (Kind::Boolean, Value::Bool(true)) => format!("--{option}"),
            (Kind::Boolean, Value::Bool(false)) => format!("--no-{option}"),
            (Kind::Blob, Value::String(text)) if command == "s3api" => {
                before = format!("printf %s {} | base64 -d > body.bin\n", quoted(text));
                format!("--{option} body.bin")
            }
            (_, Value::String(text)) => format!("--{option} {}", quoted(text)),
            (_, value @ (Value::Array(_) | Value::Object(_))) => {
                format!("--{option} {}", quoted(&value.to_string()))
            }
            (_, value) => format!("--{option} {value}"),
        });
    }
    // The operation writes the object to a file, which the CLI must be given a name for.
    if call.operation.id() == "s3.GetObject" {
        lines.push("object.bin".to_owned());
    }
    if call.credentials.is_none() && call.operation.signed {
        lines.push("--no-sign-request".to_owned());
    }
    lines.push(format!("--region {}", call.region));
    lines.push(format!("--endpoint-url {ENDPOINT}"));
    let keys = call.credentials.map_or_else(String::new, |keys| {
        let token = keys.session_token.as_ref();
        let token =
            token.map_or_else(String::new, |t| format!("export AWS_SESSION_TOKEN={}\n", quoted(t)));
        format!(
            "export AWS_ACCESS_KEY_ID={}\nexport AWS_SECRET_ACCESS_KEY={}\n{token}",
            quoted(&keys.access_key_id),
            quoted(&keys.secret_access_key)
        )
    });
    format!("{keys}{before}aws {command} {operation} \\\n  {}", lines.join(" \\\n  "))
}

fn boto3(call: &Call<'_>) -> String {
    let keys = match call.credentials {
        Some(keys) => {
            let token = keys.session_token.as_ref().map(|t| ("aws_session_token", t.as_str()));
            let keys = [
                ("aws_access_key_id", keys.access_key_id.as_str()),
                ("aws_secret_access_key", keys.secret_access_key.as_str()),
            ];
            let all = keys.into_iter().chain(token);
            all.map(|(name, value)| format!("    {name}={},\n", text(value))).collect()
        }
        None => "    config=Config(signature_version=UNSIGNED),\n".to_owned(),
    };
    let mut imports = "import boto3\n".to_owned();
    if call.credentials.is_none() {
        imports.push_str("from botocore import UNSIGNED\nfrom botocore.config import Config\n");
    }
    let members: String = call
        .members()
        .map(|(name, value, schema)| {
            format!("    {name}={},\n", Language::Python.literal(value, schema, 1))
        })
        .collect();
    if members.contains("base64.") {
        imports.insert_str(0, "import base64\n\n");
    }
    format!(
        "{imports}\nclient = boto3.client(\n    {},\n    region_name={},\n    endpoint_url={},\n{keys})\nprint(client.{}(\n{members}))\n",
        text(call.service()),
        text(call.region),
        text(ENDPOINT),
        separated(call.operation.operation.name, '_'),
    )
}

fn javascript(call: &Call<'_>) -> String {
    let (_, package, class) = call.names();
    let operation = call.operation.operation.name;
    let credentials = match call.credentials {
        Some(keys) => {
            let token = keys.session_token.as_ref();
            let token =
                token.map_or_else(String::new, |t| format!("    sessionToken: {},\n", text(t)));
            format!(
                "  credentials: {{\n    accessKeyId: {},\n    secretAccessKey: {},\n{token}  }},\n",
                text(&keys.access_key_id),
                text(&keys.secret_access_key)
            )
        }
        None => "  signer: { sign: async (request) => request },\n".to_owned(),
    };
    let path_style = if call.service() == "s3" { "  forcePathStyle: true,\n" } else { "" };
    let members: String = call
        .members()
        .map(|(name, value, schema)| {
            format!("  {}: {},\n", property(name), Language::JavaScript.literal(value, schema, 1))
        })
        .collect();
    format!(
        "import {{ {class}Client, {operation}Command }} from \"@aws-sdk/client-{package}\";\n\nconst client = new {class}Client({{\n  region: {},\n  endpoint: {},\n{path_style}{credentials}}});\nconsole.log(await client.send(new {operation}Command({{\n{members}}})));\n",
        text(call.region),
        text(ENDPOINT),
    )
}

/// A language in which inputs are written as literals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Python,
    JavaScript,
}

impl Language {
    fn literal(self, value: &Value, schema: &'static Schema, depth: usize) -> String {
        let (indent, margin) = match self {
            Language::Python => ("    ".repeat(depth + 1), "    ".repeat(depth)),
            Language::JavaScript => ("  ".repeat(depth + 1), "  ".repeat(depth)),
        };
        match (value, schema.kind) {
            (Value::Null, _) if self == Language::Python => "None".to_owned(),
            (Value::Bool(true), _) if self == Language::Python => "True".to_owned(),
            (Value::Bool(false), _) if self == Language::Python => "False".to_owned(),
            (Value::String(value), Kind::Blob) => match self {
                Language::Python => format!("base64.b64decode({})", text(value)),
                Language::JavaScript => format!("Buffer.from({}, \"base64\")", text(value)),
            },
            (Value::String(value), Kind::Timestamp) if self == Language::JavaScript => {
                format!("new Date({})", text(value))
            }
            (Value::String(value), _) => text(value),
            (Value::Array(items), kind) => {
                let item = if let Kind::List(item) = kind { item } else { &Schema::DOCUMENT };
                let items: String = items
                    .iter()
                    .map(|value| format!("{indent}{},\n", self.literal(value, item, depth + 1)))
                    .collect();
                if items.is_empty() { "[]".to_owned() } else { format!("[\n{items}{margin}]") }
            }
            (Value::Object(members), kind) => {
                let member = |(name, value): (&String, &Value)| {
                    let schema = match kind {
                        Kind::Map(_, item) => item,
                        _ => schema_of(schema, name),
                    };
                    let name = match self {
                        Language::Python => text(name),
                        Language::JavaScript => property(name),
                    };
                    format!("{indent}{name}: {},\n", self.literal(value, schema, depth + 1))
                };
                let members: String = members.iter().map(member).collect();
                if members.is_empty() {
                    "{}".to_owned()
                } else {
                    format!("{{\n{members}{margin}}}")
                }
            }
            (value, _) => value.to_string(),
        }
    }
}

/// A string literal of Python and of JavaScript: JSON's.
fn text(value: &str) -> String {
    Value::from(value).to_string()
}

/// A property name of a JavaScript object, in quotes only if it needs them.
fn property(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let first = name.chars().next().is_some_and(|c| !c.is_ascii_digit());
    if first && name.chars().all(plain) { name.to_owned() } else { text(name) }
}

/// A word of a POSIX shell.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

/// A name in lower case with separators between its words, as botocore derives methods and options:
/// `OpenIDConnectProviderARNs` → `open-id-connect-provider-arns`.
pub fn separated(name: &str, separator: char) -> String {
    let plural = name
        .strip_suffix('s')
        .filter(|stem| stem.chars().rev().take_while(char::is_ascii_uppercase).count() >= 2);
    let chars: Vec<char> = name.chars().collect();
    let capitals =
        plural.map_or(0, |stem| stem.chars().rev().take_while(char::is_ascii_uppercase).count());
    // Where a plural acronym such as `ARNs` begins: it is one word.
    let last = if capitals > 0 { chars.len() - capitals - 1 } else { chars.len() };
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let lower = |c: Option<&char>| c.is_some_and(char::is_ascii_lowercase);
        let digit = before.is_some_and(char::is_ascii_digit);
        let begins = c.is_ascii_uppercase()
            && (lower(before) || digit || (at < last && lower(chars.get(at + 1))));
        if at > 0 && ((at < last && begins) || at == last) {
            out.push(separator);
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `botocore.xform_name` gives them.
    #[test]
    fn names_are_separated_as_botocore_separates_them() {
        for (name, expected) in [
            ("CreateUserPool", "create_user_pool"),
            ("OpenIdConnectProviderARNs", "open_id_connect_provider_arns"),
            ("RoleARN", "role_arn"),
            ("UserPoolId", "user_pool_id"),
            ("CreateOpenIDConnectProvider", "create_open_id_connect_provider"),
            ("AllowedOAuthFlowsUserPoolClient", "allowed_o_auth_flows_user_pool_client"),
            ("KMSKeyID", "kms_key_id"),
            ("CallbackURLs", "callback_urls"),
            ("SSEKMSKeyId", "ssekms_key_id"),
            ("ListObjectsV2", "list_objects_v2"),
            ("MFAOptions", "mfa_options"),
            ("ChecksumCRC32C", "checksum_crc32_c"),
            ("Key", "key"),
            ("SAMLProviderARNs", "saml_provider_arns"),
        ] {
            assert_eq!(separated(name, '_'), expected, "{name}");
        }
    }

    #[test]
    fn shell_words_are_quoted() {
        assert_eq!(quoted("us-east-1_Ab"), "us-east-1_Ab");
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(quoted(""), "''");
    }
}
