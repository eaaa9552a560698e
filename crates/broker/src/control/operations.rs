//! Every service as a model, from the schemas that protocols and validation walk.

use cognitab_kernel::{Auth, Entry, Service};
use cognitab_trace::model::{
    Http, Metadata, Models, OperationModel, ServiceModel, ShapeModel, ShapeRef,
};
use cognitab_wire::protocol::Protocol;
use cognitab_wire::schema::{Constraints, Kind, Location, Member, Schema};

use crate::registry;

/// The models of all services that have operations.
pub(super) fn models() -> Models {
    let services = registry::services().iter();
    let services = services.filter(|service| service.entries().next().is_some());
    services.map(|service| (service.name.to_owned(), model(service))).collect()
}

fn model(service: &Service) -> ServiceModel {
    let mut model = ServiceModel { metadata: metadata(service), ..ServiceModel::default() };
    for entry in service.entries() {
        let operation = operation(&mut model, entry);
        model.operations.insert(entry.name.to_owned(), operation);
    }
    model
}

fn metadata(service: &Service) -> Metadata {
    let (protocol, json_version) = match service.protocol {
        Protocol::Json10 => ("json", Some("1.0")),
        Protocol::Json11 => ("json", Some("1.1")),
        Protocol::Query => ("query", None),
        Protocol::RestXml => ("rest-xml", None),
        Protocol::RestJson => ("rest-json", None),
    };
    let target = Some(service.target.to_owned()).filter(|target| !target.is_empty());
    let xml = matches!(service.protocol, Protocol::Query | Protocol::RestXml);
    let (xml_namespace, target_prefix) = if xml { (target, None) } else { (None, target) };
    Metadata {
        endpoint_prefix: service.name.to_owned(),
        protocol: protocol.to_owned(),
        json_version: json_version.map(str::to_owned),
        target_prefix,
        xml_namespace,
        api_version: service.version.to_owned(),
        global: service.global,
    }
}

fn operation(model: &mut ServiceModel, entry: &Entry) -> OperationModel {
    let http = entry
        .http
        .split_once(' ')
        .map(|(method, path)| Http { method: method.to_owned(), request_uri: path.to_owned() });
    let mut top = |schema: &Schema, suffix: &str| {
        let context = format!("{}{suffix}", entry.name);
        let shape = Use { schema, constraints: &Constraints::NONE, member: None };
        ShapeRef { shape: shape.add_to(model, &context), ..ShapeRef::default() }
    };
    OperationModel {
        input: top(entry.input, "Request"),
        output: top(entry.output, "Response"),
        authtype: (entry.auth != Auth::Signed).then(|| "none".to_owned()),
        http,
    }
}

/// A schema where it is used: what a model says once for each shape, a schema's user may narrow.
struct Use<'a> {
    schema: &'a Schema,
    constraints: &'a Constraints,
    member: Option<&'a Member>,
}

impl Use<'_> {
    /// Adds its shape, and those that it is made of, to a model; the shape's name. `context` names
    /// a shape without a name of its own, or one that is narrowed here.
    fn add_to(&self, model: &mut ServiceModel, context: &str) -> String {
        let shape = self.shape(model, context);
        let own = match (self.schema.name, self.schema.kind) {
            ("", Kind::List(_) | Kind::Map(..) | Kind::Structure(_) | Kind::Enum(_)) => context,
            ("", _) => &capitalized(&shape.kind),
            (name, _) => name,
        };
        let mut names = [own.to_owned(), context.to_owned()].into_iter();
        let numbered = |number| format!("{context}{number}");
        let mut numbers = 2..;
        loop {
            let name = names.next().or_else(|| numbers.next().map(numbered)).unwrap_or_default();
            match model.shapes.get(&name) {
                Some(other) if *other != shape => {}
                _ => {
                    model.shapes.insert(name.clone(), shape);
                    return name;
                }
            }
        }
    }

    fn shape(&self, model: &mut ServiceModel, context: &str) -> ShapeModel {
        let mut shape = ShapeModel {
            kind: kind(self.schema.kind).to_owned(),
            sensitive: self.schema.sensitive || self.member.is_some_and(|member| member.sensitive),
            flattened: self.member.is_some_and(|member| member.flattened),
            ..ShapeModel::default()
        };
        for constraints in [self.schema.constraints, self.constraints] {
            let length = constraints.length.map(|(min, max)| (bound(min), bound(max)));
            if let Some((min, max)) = length.or(constraints.range) {
                (shape.min, shape.max) = (Some(min), Some(max).filter(|max| *max != i64::MAX));
            }
            shape.pattern = constraints.pattern.map(str::to_owned).or(shape.pattern);
        }
        let items = [self.schema.constraints, self.constraints];
        let items = items.into_iter().find_map(|one| one.item_length);
        let items = Constraints { length: items, ..Constraints::NONE };
        let mut part = |schema: &Schema, constraints: &Constraints, suffix: &str| {
            let part = Use { schema, constraints, member: None };
            let shape = part.add_to(model, &format!("{context}{suffix}"));
            Some(ShapeRef { shape, ..ShapeRef::default() })
        };
        match self.schema.kind {
            Kind::List(item) => {
                shape.member = part(item, &items, "Member");
                let name = self.member.map(|member| member.item).filter(|item| *item != "member");
                if let (Some(member), Some(name)) = (&mut shape.member, name) {
                    member.location_name = Some(name.to_owned());
                }
            }
            Kind::Map(key, value) => {
                let named = |part: Option<ShapeRef>, name: &str, usual: &str| {
                    let location_name = (name != usual).then(|| name.to_owned());
                    part.map(|part| ShapeRef { location_name, ..part })
                };
                let (key_name, value_name) = *self.schema.entry;
                shape.key = named(part(key, &Constraints::NONE, "Key"), key_name, "key");
                shape.value = named(part(value, &items, "Value"), value_name, "value");
            }
            Kind::Structure(members) => {
                for member in members {
                    add_member(model, &mut shape, member, context);
                }
            }
            Kind::Enum(values) => shape.values = values.iter().map(|v| (*v).to_owned()).collect(),
            _ => {}
        }
        shape
    }
}

fn add_member(model: &mut ServiceModel, shape: &mut ShapeModel, member: &Member, context: &str) {
    let name = member.name.to_owned();
    let part = Use { schema: member.schema, constraints: member.constraints, member: Some(member) };
    let (location, location_name) = match member.location {
        Location::Header(header) => (Some("header"), Some(header)),
        Location::Headers(prefix) => (Some("headers"), Some(prefix)),
        Location::Query(query) => (Some("querystring"), Some(query)),
        Location::Uri => (Some("uri"), Some(member.name)),
        Location::Body | Location::Payload => (None, None),
    };
    if member.location == Location::Payload {
        shape.payload = Some(name.clone());
    }
    if member.required {
        shape.required.push(name.clone());
    }
    let part = ShapeRef {
        shape: part.add_to(model, &format!("{context}{name}")),
        location: location.map(str::to_owned),
        location_name: location_name.map(str::to_owned),
    };
    shape.members.insert(name, part);
}

/// AWS's name for a type.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Float => "double",
        Kind::String | Kind::Enum(_) => "string",
        Kind::Blob => "blob",
        Kind::Timestamp => "timestamp",
        Kind::Document => "document",
        Kind::List(_) => "list",
        Kind::Map(..) => "map",
        Kind::Structure(_) => "structure",
    }
}

fn bound(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn capitalized(kind: &str) -> String {
    let (first, rest) = kind.split_at_checked(1).unwrap_or(("", kind));
    first.to_ascii_uppercase() + rest
}
