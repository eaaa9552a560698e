//! Attributes: which a pool knows, what they may hold, who may write them.

use std::collections::BTreeMap;

use cognitab_macros::Shape;

use crate::error::Error;
use crate::model::client::UserPoolClientType;
use crate::model::pool::Pool;

/// An attribute of a user.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct AttributeType {
    /// Its name.
    #[shape(length = 1..=32, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub(crate) name: String,
    /// Its value.
    #[shape(length = 0..=2048, sensitive)]
    pub(crate) value: Option<String>,
}

/// Attributes by name.
pub(crate) type Attributes = BTreeMap<String, String>;

/// What kind of value an attribute holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum AttributeDataType {
    String,
    Number,
    DateTime,
    Boolean,
}

/// Limits of a number, as texts.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct NumberAttributeConstraintsType {
    pub(crate) min_value: Option<String>,
    pub(crate) max_value: Option<String>,
}

/// Limits of a text's length, as texts.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct StringAttributeConstraintsType {
    pub(crate) min_length: Option<String>,
    pub(crate) max_length: Option<String>,
}

/// An attribute that a pool knows.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct SchemaAttributeType {
    /// Its name; the pool puts `custom:` before names of its own.
    #[shape(length = 1..=20, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub(crate) name: Option<String>,
    pub(crate) attribute_data_type: Option<AttributeDataType>,
    #[shape(optional)]
    pub(crate) developer_only_attribute: bool,
    pub(crate) mutable: Option<bool>,
    #[shape(optional)]
    pub(crate) required: bool,
    pub(crate) number_attribute_constraints: Option<NumberAttributeConstraintsType>,
    pub(crate) string_attribute_constraints: Option<StringAttributeConstraintsType>,
}

/// The attributes of every pool, in AWS's order.
pub(crate) const STANDARD: [&str; 20] = [
    "profile",
    "address",
    "birthdate",
    "gender",
    "preferred_username",
    "updated_at",
    "website",
    "picture",
    "identities",
    "sub",
    "phone_number",
    "phone_number_verified",
    "zoneinfo",
    "locale",
    "email",
    "email_verified",
    "given_name",
    "family_name",
    "middle_name",
    "name",
];

/// Attributes that OpenID Connect knows and AWS lists after the others.
const NICKNAME: &str = "nickname";

fn standard(name: &str) -> SchemaAttributeType {
    let text = |least: &str, most: &str| {
        Some(StringAttributeConstraintsType {
            min_length: Some(least.into()),
            max_length: Some(most.into()),
        })
    };
    let (kind, length) = match name {
        "email_verified" | "phone_number_verified" => (AttributeDataType::Boolean, None),
        "updated_at" => (AttributeDataType::Number, None),
        "birthdate" => (AttributeDataType::String, text("10", "10")),
        "sub" => (AttributeDataType::String, text("1", "2048")),
        _ => (AttributeDataType::String, text("0", "2048")),
    };
    SchemaAttributeType {
        name: Some(name.to_owned()),
        attribute_data_type: Some(kind),
        developer_only_attribute: false,
        mutable: Some(name != "sub"),
        required: name == "sub",
        number_attribute_constraints: (kind == AttributeDataType::Number).then(|| {
            NumberAttributeConstraintsType { min_value: Some("0".into()), max_value: None }
        }),
        string_attribute_constraints: length,
    }
}

/// The schema of a new pool: the standard attributes as changed, then the pool's own.
pub(crate) fn for_pool(asked: &[SchemaAttributeType]) -> Result<Vec<SchemaAttributeType>, Error> {
    let mut all: Vec<_> = STANDARD.iter().chain([&NICKNAME]).map(|n| standard(n)).collect();
    for wanted in asked {
        let name = wanted.name.clone().ok_or_else(|| Error::null("schema.1.member.name"))?;
        if let Some(own) = all.iter_mut().find(|a| a.name.as_ref() == Some(&name)) {
            redefine(own, wanted, &name)?;
            continue;
        }
        all.push(custom(&all, wanted, &name)?);
    }
    Ok(all)
}

fn redefine(
    own: &mut SchemaAttributeType,
    wanted: &SchemaAttributeType,
    name: &str,
) -> Result<(), Error> {
    let other = wanted.attribute_data_type.is_some_and(|t| Some(t) != own.attribute_data_type);
    if other || wanted.developer_only_attribute {
        return Err(Error::parameter(format!(
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {name}"
        )));
    }
    own.required |= wanted.required;
    own.mutable = wanted.mutable.or(own.mutable);
    if let Some(limits) = &wanted.string_attribute_constraints {
        own.string_attribute_constraints = Some(limits.clone());
    }
    Ok(())
}

fn custom(
    all: &[SchemaAttributeType],
    wanted: &SchemaAttributeType,
    name: &str,
) -> Result<SchemaAttributeType, Error> {
    if wanted.required {
        return Err(Error::parameter("Required custom attributes are not supported currently."));
    }
    let developer = if wanted.developer_only_attribute { "dev:" } else { "" };
    let full = format!("{developer}custom:{name}");
    if all.iter().any(|a| a.name.as_deref() == Some(&full)) {
        return Err(Error::parameter(format!(
            "{full}: Existing attribute already has name {full}."
        )));
    }
    let limits = wanted.string_attribute_constraints.as_ref();
    if limits.and_then(|l| number(l.max_length.as_deref())).is_some_and(|most| most > 2048) {
        return Err(Error::parameter(format!(
            "user.{full}: String attributes cannot have a length of more than 2048"
        )));
    }
    Ok(SchemaAttributeType {
        name: Some(full),
        attribute_data_type: Some(wanted.attribute_data_type.unwrap_or(AttributeDataType::String)),
        mutable: Some(wanted.mutable.unwrap_or(true)),
        ..wanted.clone()
    })
}

fn number(text: Option<&str>) -> Option<i64> {
    text?.parse().ok()
}

/// Turns a list of attributes into a map after every check that needs no stored user.
pub(crate) fn validate(pool: &Pool, given: &[AttributeType]) -> Result<Attributes, Error> {
    let mut wrong = Vec::new();
    let mut map = Attributes::new();
    for AttributeType { name, value } in given {
        if matches!(name.as_str(), "sub" | "identities") {
            return Err(Error::parameter(format!(
                "Cannot modify the non-mutable attribute {name}"
            )));
        }
        let value = value.clone().unwrap_or_default();
        match pool.schema_attributes.iter().find(|a| a.name.as_ref() == Some(name)) {
            None => wrong.push(format!("{name}: Attribute does not exist in the schema.")),
            Some(schema) => wrong.extend(violation(schema, name, &value)),
        }
        map.insert(name.clone(), value);
    }
    if !wrong.is_empty() {
        return Err(Error::SchemaViolations(wrong));
    }
    if map.get("email").is_some_and(|v| !v.is_empty() && !is_email(v)) {
        return Err(Error::parameter("Invalid email address format."));
    }
    if map.get("phone_number").is_some_and(|v| !v.is_empty() && !is_phone(v)) {
        return Err(Error::parameter("Invalid phone number format."));
    }
    Ok(map)
}

fn violation(schema: &SchemaAttributeType, name: &str, value: &str) -> Option<String> {
    let length = i64::try_from(value.chars().count()).unwrap_or(i64::MAX);
    match schema.attribute_data_type {
        Some(AttributeDataType::Number) => {
            let limits = schema.number_attribute_constraints.as_ref();
            let Ok(n) = value.parse::<f64>() else {
                return Some(format!("{name}: The attribute is not a valid number"));
            };
            let limit = |text: Option<&String>| text.and_then(|t| t.parse::<f64>().ok());
            let least = limits.and_then(|l| limit(l.min_value.as_ref()));
            let most = limits.and_then(|l| limit(l.max_value.as_ref()));
            if let Some(least) = least.filter(|least| n < *least) {
                return Some(format!("{name}: Number must be no less than {least}"));
            }
            most.filter(|most| n > *most)
                .map(|most| format!("{name}: Number must be no greater than {most}"))
        }
        Some(AttributeDataType::Boolean) if !matches!(value, "true" | "false") => {
            Some(format!("{name}: The attribute is not a valid boolean"))
        }
        Some(AttributeDataType::String) => {
            let limits = schema.string_attribute_constraints.as_ref()?;
            if let Some(least) = number(limits.min_length.as_deref()).filter(|n| length < *n) {
                return Some(format!("{name}: String must be no shorter than {least} characters"));
            }
            number(limits.max_length.as_deref())
                .filter(|n| length > *n)
                .map(|most| format!("{name}: String must be no longer than {most} characters"))
        }
        _ => None,
    }
}

/// Names of attributes that a user must have and these lack.
pub(crate) fn missing_required(pool: &Pool, has: &Attributes) -> Vec<String> {
    let required = pool.schema_attributes.iter().filter(|a| a.required);
    required
        .filter_map(|a| a.name.clone())
        .filter(|name| name != "sub" && has.get(name).is_none_or(String::is_empty))
        .collect()
}

/// Whether a client may write these.
pub(crate) fn ensure_writable(
    pool: &Pool,
    client: &UserPoolClientType,
    given: &Attributes,
) -> Result<(), Error> {
    let may = |name: &String| {
        let known = pool.schema_attributes.iter().find(|a| a.name.as_ref() == Some(name));
        let verified = name.ends_with("_verified");
        let listed = match &client.write_attributes {
            Some(list) => list.contains(name) || known.is_some_and(|a| a.required),
            None => !name.contains(':'),
        };
        listed && !verified
    };
    if given.keys().all(may) { Ok(()) } else { Err(Error::AttributeNotWritable) }
}

/// Whether a client may read this attribute.
pub(crate) fn is_readable(client: &UserPoolClientType, name: &str) -> bool {
    match &client.read_attributes {
        Some(list) => list.iter().any(|n| n == name) || name == "sub",
        None => !name.contains(':'),
    }
}

/// Whether text looks like an email address, as loosely as AWS looks.
pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.contains('@') && !text.contains(' ')
    })
}

/// Whether text is a phone number in the form of E.164.
pub(crate) fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    })
}
