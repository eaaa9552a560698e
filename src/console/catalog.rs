//! The services and operations that the broker simulates, as clients encode them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use cognitab_trace::model::{Metadata, Models, ServiceModel, ShapeModel, ShapeRef};
use cognitab_wire::client;
use cognitab_wire::protocol::Protocol;
use cognitab_wire::schema::{Constraints, Kind, Location, Member, Schema};

/// The models of all services.
#[derive(Debug, Default)]
pub struct Catalog {
    models: Models,
    /// Schemas by service and shape. Each is made once and lives as long as the page.
    schemas: RefCell<BTreeMap<(String, String), &'static Schema>>,
}

/// An operation with its schema.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its service as a client knows it.
    pub service: client::Service<'static>,
    /// The operation as a client knows it.
    pub operation: client::Operation<'static>,
    /// Whether its requests are signed.
    pub signed: bool,
}

impl PartialEq for Operation {
    fn eq(&self, other: &Self) -> bool {
        self.service.endpoint_prefix == other.service.endpoint_prefix
            && self.operation.name == other.operation.name
    }
}

impl Operation {
    /// `cognito-idp.CreateUserPool`.
    pub fn id(&self) -> String {
        format!("{}.{}", self.service.endpoint_prefix, self.operation.name)
    }
}

impl Catalog {
    /// The catalog of these models.
    pub fn new(models: Models) -> Catalog {
        Catalog { models, schemas: RefCell::default() }
    }

    /// Service and name of every operation, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.models.iter().flat_map(|(service, model)| {
            model.operations.keys().map(move |name| (service.as_str(), name.as_str()))
        })
    }

    /// The operation `service.Name`.
    pub fn operation(&self, id: &str) -> Option<Operation> {
        let (service, name) = id.split_once('.')?;
        let model = self.models.get(service)?;
        let operation = model.operations.get(name)?;
        let http = operation.http.as_ref();
        let http = http.map(|http| format!("{} {}", http.method, http.request_uri));
        Some(Operation {
            service: client_service(&model.metadata)?,
            operation: client::Operation {
                name: leak(name),
                http: leak(&http.unwrap_or_default()),
                input: self.schema(service, model, &operation.input.shape),
            },
            signed: operation.authtype.is_none(),
        })
    }

    fn schema(&self, service: &str, model: &ServiceModel, name: &str) -> &'static Schema {
        let key = (service.to_owned(), name.to_owned());
        if let Some(schema) = self.schemas.borrow().get(&key) {
            return schema;
        }
        let shape = model.shapes.get(name).cloned().unwrap_or_default();
        let schema: &'static Schema = Box::leak(Box::new(self.read(service, model, name, &shape)));
        self.schemas.borrow_mut().insert(key, schema);
        schema
    }

    fn read(&self, service: &str, model: &ServiceModel, name: &str, shape: &ShapeModel) -> Schema {
        let part = |part: &Option<ShapeRef>| {
            let name = part.as_ref().map_or("String", |part| part.shape.as_str());
            self.schema(service, model, name)
        };
        let kind = match shape.kind.as_str() {
            "structure" => Kind::Structure(self.members(service, model, shape)),
            "list" => Kind::List(part(&shape.member)),
            "map" => Kind::Map(part(&shape.key), part(&shape.value)),
            "integer" => Kind::Integer,
            "double" => Kind::Float,
            "boolean" => Kind::Boolean,
            "blob" => Kind::Blob,
            "timestamp" => Kind::Timestamp,
            "document" => Kind::Document,
            _ if shape.values.is_empty() => Kind::String,
            _ => Kind::Enum(leak_all(shape.values.iter().map(|value| leak(value)).collect())),
        };
        let entry_name = |part: &Option<ShapeRef>, usual| {
            let name = part.as_ref().and_then(|part| part.location_name.as_deref());
            name.map_or(usual, leak)
        };
        let entry = (entry_name(&shape.key, "key"), entry_name(&shape.value, "value"));
        Schema {
            constraints: Box::leak(Box::new(constraints(shape, kind))),
            sensitive: shape.sensitive,
            entry: Box::leak(Box::new(entry)),
            ..Schema::new(leak(name), kind)
        }
    }

    fn members(
        &self,
        service: &str,
        model: &ServiceModel,
        shape: &ShapeModel,
    ) -> &'static [Member] {
        let member = |(name, part): (&String, &ShapeRef)| {
            let of = model.shapes.get(&part.shape);
            let at = part.location_name.as_deref().unwrap_or(name);
            let location = match part.location.as_deref() {
                Some("header") => Location::Header(leak(at)),
                Some("headers") => Location::Headers(leak(at)),
                Some("querystring") => Location::Query(leak(at)),
                Some("uri") => Location::Uri,
                _ if shape.payload.as_ref() == Some(name) => Location::Payload,
                _ => Location::Body,
            };
            let item = of.and_then(|of| of.member.as_ref()?.location_name.as_deref());
            Member {
                required: shape.required.contains(name),
                location,
                item: item.map_or("member", leak),
                flattened: of.is_some_and(|of| of.flattened),
                ..Member::new(leak(name), self.schema(service, model, &part.shape))
            }
        };
        leak_all(shape.members.iter().map(member).collect())
    }
}

fn client_service(metadata: &Metadata) -> Option<client::Service<'static>> {
    let protocol = match (metadata.protocol.as_str(), metadata.json_version.as_deref()) {
        ("json", Some("1.0")) => Protocol::Json10,
        ("json", _) => Protocol::Json11,
        ("query", _) => Protocol::Query,
        ("rest-json", _) => Protocol::RestJson,
        ("rest-xml", _) => Protocol::RestXml,
        _ => return None,
    };
    let target = metadata.target_prefix.as_ref().or(metadata.xml_namespace.as_ref());
    Some(client::Service {
        endpoint_prefix: leak(&metadata.endpoint_prefix),
        protocol,
        target: target.map_or("", |target| leak(target)),
        version: leak(&metadata.api_version),
        global: metadata.global,
    })
}

fn constraints(shape: &ShapeModel, kind: Kind) -> Constraints {
    let range = shape.min.is_some() || shape.max.is_some();
    let length = |bound: Option<i64>, default| {
        bound.map_or(default, |bound| usize::try_from(bound).unwrap_or(default))
    };
    let number = matches!(kind, Kind::Integer | Kind::Float);
    Constraints {
        length: (range && !number).then(|| (length(shape.min, 0), length(shape.max, usize::MAX))),
        range: (range && number)
            .then(|| (shape.min.unwrap_or(i64::MIN), shape.max.unwrap_or(i64::MAX))),
        pattern: shape.pattern.as_deref().map(leak),
        item_length: None,
    }
}

/// Schemas borrow for the static lifetime. The catalog keeps each, so that what is leaked is bounded
/// by the models.
fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn leak_all<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

/// Whether all words of a search, in any case, are in the name of an operation or its service.
pub fn matches(service: &str, name: &str, search: &str) -> bool {
    let text = format!("{service} {name}").to_ascii_lowercase();
    search.to_ascii_lowercase().split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn catalog() -> Catalog {
        Catalog::new(
            serde_json::from_value(json!({"sns": {
                "metadata": {
                    "endpointPrefix": "sns", "protocol": "query", "apiVersion": "2010-03-31",
                    "xmlNamespace": "http://sns.amazonaws.com/doc/2010-03-31/",
                },
                "operations": {"CreateTopic": {
                    "input": {"shape": "CreateTopicInput"}, "output": {"shape": "CreateTopicInput"},
                }},
                "shapes": {
                    "CreateTopicInput": {
                        "type": "structure", "required": ["Name"],
                        "members": {"Name": {"shape": "topicName"}, "Tags": {"shape": "TagList"}},
                    },
                    "topicName": {"type": "string", "max": 256},
                    "TagList": {"type": "list", "member": {"shape": "topicName"}},
                },
            }}))
            .unwrap(),
        )
    }

    #[test]
    fn an_operation_has_the_schema_of_its_model() {
        let operation = catalog().operation("sns.CreateTopic").unwrap();
        let [name, tags] = operation.operation.input.members() else { panic!() };
        assert!(name.required && !tags.required && operation.signed);
        assert_eq!(name.schema.constraints.length, Some((0, 256)));
        assert!(matches!(tags.schema.kind, Kind::List(item) if item.name == "topicName"));
        assert_eq!(catalog().operation("sns.Nothing"), None);
    }

    #[test]
    fn a_search_finds_words_in_any_order() {
        assert!(matches("cognito-idp", "AdminCreateUser", "user idp"));
        assert!(!matches("cognito-idp", "AdminCreateUser", "pool"));
        assert!(matches("s3", "PutObject", ""));
    }
}
