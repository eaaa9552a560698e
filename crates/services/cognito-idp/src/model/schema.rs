//! The schema of user attributes, and which of them an app client can read and write.

use std::collections::BTreeMap;

use cognitab_macros::Shape;

use crate::error::Error;
use crate::model::client::UserPoolClientType;
use crate::model::pool::Pool;
use crate::model::types::{AttributeNameType, AttributeValueType, CustomAttributeNameType, text};

/// An attribute of a user.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct AttributeType {
    pub(crate) name: AttributeNameType,
    pub(crate) value: Option<AttributeValueType>,
}

/// The values of attributes by name.
pub(crate) type Attributes = BTreeMap<String, String>;

/// The type of an attribute's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum AttributeDataType {
    String,
    Number,
    DateTime,
    Boolean,
}

/// The range of a number. AWS writes the limits as text.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct NumberAttributeConstraintsType {
    pub(crate) min_value: Option<String>,
    pub(crate) max_value: Option<String>,
}

/// The range of a text's length. AWS writes the limits as text.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct StringAttributeConstraintsType {
    pub(crate) min_length: Option<String>,
    pub(crate) max_length: Option<String>,
}

/// An attribute of the schema.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct SchemaAttributeType {
    /// In a request without the prefix `custom:`.
    pub(crate) name: Option<CustomAttributeNameType>,
    pub(crate) attribute_data_type: Option<AttributeDataType>,
    #[shape(optional)]
    pub(crate) developer_only_attribute: bool,
    pub(crate) mutable: Option<bool>,
    #[shape(optional)]
    pub(crate) required: bool,
    pub(crate) number_attribute_constraints: Option<NumberAttributeConstraintsType>,
    pub(crate) string_attribute_constraints: Option<StringAttributeConstraintsType>,
}

/// The standard attributes, in AWS's order.
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

/// The standard attribute that AWS lists last.
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
        name: Some(name.into()),
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

/// The schema of a new pool: the standard attributes with the requested changes, then the custom
/// attributes.
pub(crate) fn for_pool(
    requested: &[SchemaAttributeType],
) -> Result<Vec<SchemaAttributeType>, Error> {
    let mut all: Vec<_> = STANDARD.iter().chain([&NICKNAME]).map(|n| standard(n)).collect();
    for attribute in requested {
        let name = attribute.name.clone().ok_or_else(|| Error::null("schema.1.member.name"))?;
        if let Some(own) = all.iter_mut().find(|a| a.name.as_ref() == Some(&name)) {
            redefine(own, attribute, &name)?;
            continue;
        }
        all.push(custom(&all, attribute, &name)?);
    }
    Ok(all)
}

fn redefine(
    own: &mut SchemaAttributeType,
    requested: &SchemaAttributeType,
    name: &str,
) -> Result<(), Error> {
    let other = requested.attribute_data_type.is_some_and(|t| Some(t) != own.attribute_data_type);
    if other || requested.developer_only_attribute {
        return Err(Error::parameter(format!(
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {name}"
        )));
    }
    own.required |= requested.required;
    own.mutable = requested.mutable.or(own.mutable);
    if let Some(limits) = &requested.string_attribute_constraints {
        own.string_attribute_constraints = Some(limits.clone());
    }
    Ok(())
}

fn custom(
    all: &[SchemaAttributeType],
    requested: &SchemaAttributeType,
    name: &str,
) -> Result<SchemaAttributeType, Error> {
    if requested.required {
        return Err(Error::parameter("Required custom attributes are not supported currently."));
    }
    let developer = if requested.developer_only_attribute { "dev:" } else { "" };
    let full = format!("{developer}custom:{name}");
    if all.iter().any(|a| a.name.as_deref() == Some(&full)) {
        return Err(Error::parameter(format!(
            "{full}: Existing attribute already has name {full}."
        )));
    }
    let limits = requested.string_attribute_constraints.as_ref();
    if limits.and_then(|l| number(l.max_length.as_deref())).is_some_and(|most| most > 2048) {
        return Err(Error::parameter(format!(
            "user.{full}: String attributes cannot have a length of more than 2048"
        )));
    }
    Ok(SchemaAttributeType {
        name: Some(full.into()),
        attribute_data_type: Some(
            requested.attribute_data_type.unwrap_or(AttributeDataType::String),
        ),
        mutable: Some(requested.mutable.unwrap_or(true)),
        ..requested.clone()
    })
}

fn number(text: Option<&str>) -> Option<i64> {
    text?.parse().ok()
}

/// Validates attributes against the schema and returns their values by name.
pub(crate) fn validate(pool: &Pool, attributes: &[AttributeType]) -> Result<Attributes, Error> {
    let mut violations = Vec::new();
    let mut map = Attributes::new();
    for AttributeType { name, value } in attributes {
        if matches!(name.as_str(), "sub" | "identities") {
            return Err(Error::parameter(format!(
                "Cannot modify the non-mutable attribute {name}"
            )));
        }
        let value = value.clone().unwrap_or_default().into_inner();
        match pool.schema_attributes.iter().find(|a| text(&a.name) == Some(name)) {
            None => violations.push(format!("{name}: Attribute does not exist in the schema.")),
            Some(schema) => violations.extend(violation(schema, name, &value)),
        }
        map.insert(name.to_string(), value);
    }
    if !violations.is_empty() {
        return Err(Error::SchemaViolations(violations));
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

/// The names of the required attributes that have no value.
pub(crate) fn missing_required(pool: &Pool, has: &Attributes) -> Vec<String> {
    let required = pool.schema_attributes.iter().filter(|a| a.required);
    required
        .filter_map(|a| a.name.clone().map(String::from))
        .filter(|name| name != "sub" && has.get(name).is_none_or(String::is_empty))
        .collect()
}

/// Refuses attributes that a client cannot write. Whether a contact is verified is not up to clients.
pub(crate) fn ensure_writable(
    pool: &Pool,
    client: &UserPoolClientType,
    attributes: &Attributes,
) -> Result<(), Error> {
    let is_writable = |name: &String| {
        let known = pool.schema_attributes.iter().find(|a| text(&a.name) == Some(name));
        let verified = name.ends_with("_verified");
        let listed = match &client.write_attributes {
            Some(list) => list.iter().any(|n| **n == *name) || known.is_some_and(|a| a.required),
            None => !name.contains(':'),
        };
        listed && !verified
    };
    if attributes.keys().all(is_writable) { Ok(()) } else { Err(Error::AttributeNotWritable) }
}

/// Whether a client can read this attribute.
pub(crate) fn is_readable(client: &UserPoolClientType, name: &str) -> bool {
    match &client.read_attributes {
        Some(list) => list.iter().any(|n| *n == name) || name == "sub",
        None => !name.contains(':'),
    }
}

/// Whether text has the form of an email address. AWS's check is as loose.
pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.contains('@') && !text.contains(' ')
    })
}

/// Whether text is a phone number in E.164 format.
pub(crate) fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    })
}
