//! `GET operations`: the services as models, in the JSON that botocore and the other AWS SDKs ship
//! (`service-2.json`).

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Models by the names of their services.
pub type Models = BTreeMap<String, ServiceModel>;

/// The model of a service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceModel {
    /// How it is reached.
    pub metadata: Metadata,
    /// Operations by name.
    pub operations: BTreeMap<String, OperationModel>,
    /// The shapes that they use, by name.
    pub shapes: BTreeMap<String, ShapeModel>,
}

/// How a service is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// The first label of its hosts, its signing name and its IAM prefix.
    pub endpoint_prefix: String,
    /// `json`, `rest-json`, `query` or `rest-xml`.
    pub protocol: String,
    /// `1.0` or `1.1` for `json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json_version: Option<String>,
    /// What stands before the dot in `X-Amz-Target`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_prefix: Option<String>,
    /// The namespace of its XML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xml_namespace: Option<String>,
    /// `2011-06-15`; empty where no request names it.
    pub api_version: String,
    /// Whether one endpoint serves all regions of a partition.
    #[serde(default, skip_serializing_if = "is_false")]
    pub global: bool,
}

/// An operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperationModel {
    /// Method and path in REST protocols.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http: Option<Http>,
    /// Its input.
    pub input: ShapeRef,
    /// Its output.
    pub output: ShapeRef,
    /// `none` if its requests are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authtype: Option<String>,
}

/// Method and path of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Http {
    /// `PUT`.
    pub method: String,
    /// `/{Bucket}/{Key+}`.
    pub request_uri: String,
}

/// The use of a shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShapeRef {
    /// Its name.
    pub shape: String,
    /// Its location in REST protocols: `header`, `headers`, `querystring` or `uri`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Its name there, or in XML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_name: Option<String>,
}

/// A shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShapeModel {
    /// `structure`, `list`, `map`, `string`, `integer`, `double`, `boolean`, `blob`, `timestamp` or,
    /// for any JSON value, `document`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Members of a structure, in AWS's order.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub members: IndexMap<String, ShapeRef>,
    /// Members that a structure must have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    /// The member that is the whole body in REST protocols.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// Items of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<ShapeRef>,
    /// Keys of a map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<ShapeRef>,
    /// Values of a map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<ShapeRef>,
    /// The strings of an enumeration.
    #[serde(default, rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Minimum length or value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Maximum length or value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// Regular expression that the whole string must match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Whether logs leave it out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive: bool,
    /// Whether its items are direct children of the parent in XML.
    #[serde(default, skip_serializing_if = "is_false")]
    pub flattened: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
}
