//! Encoding an input as a request and decoding the request returns the same input, in all protocols.
use cognitab_wire::client::{self, Operation, Service};
use cognitab_wire::http::{Request, param};
use cognitab_wire::rest::{self, DocumentFormat};
use cognitab_wire::{Kind, Location, Member, Protocol, Schema, Value, json, query};
use proptest::prelude::*;
use serde_json::json as tree_of;

const TAG: Schema = Schema::new(
    "Tag",
    Kind::Structure(&[
        Member::new("Key", &Schema::STRING),
        Member::new("Value", &Schema::INTEGER),
        Member::new("Names", &Schema::list(&Schema::STRING)),
    ]),
);

/// Members of all types.
const MEMBERS: &[Member] = &[
    Member::new("Flag", &Schema::BOOLEAN),
    Member::new("Count", &Schema::INTEGER),
    Member::new("Share", &Schema::FLOAT),
    Member::new("Name", &Schema::STRING),
    Member::new("Kind", &Schema::new("Kind", Kind::Enum(&["A", "B"]))),
    Member::new("Bytes", &Schema::BLOB),
    Member::new("At", &Schema::TIMESTAMP),
    Member::new("Tags", &Schema::list(&TAG)),
    Member { item: "Name", ..Member::new("Names", &Schema::list(&Schema::STRING)) },
    Member { flattened: true, ..Member::new("Flat", &Schema::list(&TAG)) },
    Member::new("Map", &Schema::map(&TAG)),
    Member { flattened: true, ..Member::new("FlatMap", &Schema::map(&Schema::STRING)) },
    Member::new("Inner", &TAG),
];
const ALL: Schema = Schema::structure(MEMBERS);

/// Members in all locations of REST protocols, with `ALL` as the payload.
const ALL_LOCATIONS: Schema = Schema::structure(&[
    Member { location: Location::Uri, ..Member::new("Bucket", &Schema::STRING) },
    Member { location: Location::Uri, ..Member::new("Key", &Schema::STRING) },
    Member { location: Location::Query("count"), ..Member::new("QueryCount", &Schema::INTEGER) },
    Member { location: Location::Query("at"), ..Member::new("QueryAt", &Schema::TIMESTAMP) },
    Member {
        location: Location::Query("tag-keys"),
        ..Member::new("QueryNames", &Schema::list(&Schema::STRING))
    },
    Member { location: Location::Header("x-flag"), ..Member::new("HeaderFlag", &Schema::BOOLEAN) },
    Member { location: Location::Header("x-at"), ..Member::new("HeaderAt", &Schema::TIMESTAMP) },
    Member {
        location: Location::Header("x-names"),
        ..Member::new("HeaderNames", &Schema::list(&Schema::STRING))
    },
    Member {
        location: Location::Headers("x-meta-"),
        ..Member::new("Meta", &Schema::map(&Schema::STRING))
    },
    Member { location: Location::Payload, ..Member::new("Document", &ALL) },
]);

/// A document of body members.
const BODY_MEMBERS: Schema = Schema::structure(&[
    Member { location: Location::Uri, ..Member::new("Bucket", &Schema::STRING) },
    Member { location: Location::Uri, ..Member::new("Key", &Schema::STRING) },
    Member::new("Inner", &TAG),
    Member::new("Tags", &Schema::list(&TAG)),
]);

const BLOB_PAYLOAD: Schema = Schema::structure(&[
    Member { location: Location::Uri, ..Member::new("Bucket", &Schema::STRING) },
    Member { location: Location::Uri, ..Member::new("Key", &Schema::STRING) },
    Member { location: Location::Payload, ..Member::new("Body", &Schema::BLOB) },
]);

const HTTP: &str = "PUT /things/{Bucket}/{Key+}?tagging#x-flag";

fn service(protocol: Protocol) -> Service<'static> {
    let (target, version) = ("http://example.com/doc/2010-05-08/", "2010-05-08");
    Service { endpoint_prefix: "things", protocol, target, version, global: false }
}

/// Encodes an input and decodes it as a server does.
fn round_trip(protocol: Protocol, input: &'static Schema, tree: &Value) -> Value {
    let rest_protocol = matches!(protocol, Protocol::RestXml | Protocol::RestJson);
    let http = if rest_protocol { HTTP } else { "" };
    let operation = Operation { name: "PutThing", http, input };
    let request = client::encode(&service(protocol), &operation, tree, "eu-west-1");
    assert!(request.url.starts_with("https://things.eu-west-1.amazonaws.com/"), "{}", request.url);
    match protocol {
        Protocol::Json10 | Protocol::Json11 => {
            let target = "http://example.com/doc/2010-05-08/.PutThing";
            assert_eq!(request.header("x-amz-target"), Some(target));
            json::decode(&request.body, input).unwrap()
        }
        Protocol::Query => {
            let form = cognitab_wire::http::form(&request.body);
            assert_eq!(param(&form, "Action"), Some("PutThing"));
            assert_eq!(param(&form, "Version"), Some("2010-05-08"));
            query::decode(&form, input).unwrap()
        }
        Protocol::RestXml => decode_rest(&request, input, DocumentFormat::Xml),
        Protocol::RestJson => decode_rest(&request, input, DocumentFormat::Json),
    }
}

fn decode_rest(request: &Request, input: &Schema, document: DocumentFormat) -> Value {
    let pattern = HTTP.split_once('#').unwrap().0;
    let labels =
        rest::matches(pattern, &request.method, request.url().path, &request.url().params());
    let value = rest::decode(request, labels.unwrap(), input, document).unwrap();
    in_schema_order(&value, input)
}

/// Sorts members in the order of the schema: labels are decoded first.
fn in_schema_order(value: &Value, schema: &Schema) -> Value {
    let present = schema.members().iter().filter(|m| !value.get(m.name).is_null());
    Value::Map(present.map(|m| (m.name.to_owned(), value.get(m.name).clone())).collect())
}

const TEXT: &str = "[ -~äé€😀<&\"']{1,12}";

/// A value of a schema. Lists and maps have items, and structures their first member: some
/// protocols do not distinguish empty from absent.
fn value(schema: &'static Schema, text: &'static str) -> BoxedStrategy<Value> {
    match schema.kind {
        Kind::Boolean => any::<bool>().prop_map(Value::Bool).boxed(),
        Kind::Integer => any::<i64>().prop_map(Value::Integer).boxed(),
        // serde_json may round the last bit of a long fraction.
        Kind::Float => any::<i32>().prop_map(|n| Value::Float(f64::from(n) / 64.0)).boxed(),
        Kind::String | Kind::Document => text.prop_map(Value::from).boxed(),
        Kind::Enum(values) => prop::sample::select(values).prop_map(Value::from).boxed(),
        Kind::Blob => prop::collection::vec(any::<u8>(), 1..9).prop_map(Value::Bytes).boxed(),
        Kind::Timestamp => (0..4_000_000_000_i64).prop_map(|s| Value::Time(s * 1000)).boxed(),
        Kind::List(item) => {
            prop::collection::vec(value(item, text), 1..4).prop_map(Value::List).boxed()
        }
        Kind::Map(_, item) => prop::collection::btree_map("[a-z]{1,5}", value(item, text), 1..4)
            .prop_map(|map| Value::Map(map.into_iter().collect()))
            .boxed(),
        Kind::Structure(members) => {
            let member = |(at, member): (usize, &'static Member)| {
                let must = at == 0 || matches!(member.location, Location::Uri | Location::Payload);
                // Headers cannot have other characters, and commas separate items.
                let text = match member.location {
                    Location::Header(_) | Location::Headers(_) => "[!-+.-~]{1,8}",
                    _ => text,
                };
                (any::<bool>(), value(member.schema, text)).prop_map(move |(round_trip, value)| {
                    (must || round_trip).then(|| (member.name.to_owned(), value))
                })
            };
            let members: Vec<_> = members.iter().enumerate().map(member).collect();
            members.prop_map(|found| Value::Map(found.into_iter().flatten().collect())).boxed()
        }
    }
}

proptest! {
    #[test]
    fn json_and_query_round_trip_every_type(tree in value(&ALL, TEXT)) {
        for protocol in [Protocol::Json10, Protocol::Json11, Protocol::Query] {
            prop_assert_eq!(round_trip(protocol, &ALL, &tree), tree.clone(), "{:?}", protocol);
        }
    }

    #[test]
    fn rest_round_trips_every_location(
        all_locations in value(&ALL_LOCATIONS, TEXT),
        body_members in value(&BODY_MEMBERS, TEXT),
        blob_payload in value(&BLOB_PAYLOAD, TEXT),
    ) {
        for protocol in [Protocol::RestXml, Protocol::RestJson] {
            prop_assert_eq!(round_trip(protocol, &ALL_LOCATIONS, &all_locations), all_locations.clone(), "{:?}", protocol);
            prop_assert_eq!(round_trip(protocol, &BODY_MEMBERS, &body_members), body_members.clone(), "{:?}", protocol);
            prop_assert_eq!(round_trip(protocol, &BLOB_PAYLOAD, &blob_payload), blob_payload.clone(), "{:?}", protocol);
        }
    }

    #[test]
    fn no_input_panics(tree in value(&ALL_LOCATIONS, TEXT), http in ".*", region in ".*") {
        for protocol in [Protocol::Json10, Protocol::Query, Protocol::RestXml, Protocol::RestJson] {
            for input in [&ALL, &BODY_MEMBERS, &Schema::STRING, &ALL_LOCATIONS] {
                let operation = Operation { name: "PutThing", http: &http, input };
                let mut request = client::encode(&service(protocol), &operation, &tree, &region);
                client::virtual_hosted(&mut request);
            }
        }
    }
}

#[test]
fn requests_match_those_of_the_sdks() {
    let input = Value::Map(vec![
        ("Name".into(), "a b".into()),
        ("Names".into(), Value::List(Vec::new())),
        ("Tags".into(), Value::List(vec![Value::Map(vec![("Key".into(), "k".into())])])),
        ("At".into(), Value::Time(1_795_419_368_500)),
    ]);
    let operation = Operation { name: "PutThing", http: "", input: &ALL };
    let request = client::encode(&service(Protocol::Query), &operation, &input, "cn-north-1");
    assert_eq!(request.url, "https://things.cn-north-1.amazonaws.com.cn/");
    assert_eq!(
        request.text(),
        "Action=PutThing&Version=2010-05-08&Name=a+b&Names=&Tags.member.1.Key=k&At=2026-11-23T07%3A36%3A08.500Z"
    );
    let request = client::encode_for(
        "http://localhost:4566/",
        &service(Protocol::Json11),
        &operation,
        &Value::Map(Vec::new()),
    );
    assert_eq!((request.url.as_str(), &*request.text()), ("http://localhost:4566/", "{}"));
    assert_eq!(request.header("content-type"), Some("application/x-amz-json-1.1"));
}

#[test]
fn xml_documents_have_a_root_element_and_a_namespace() {
    let tag = Value::Map(vec![("Key".into(), "<".into())]);
    let request_with = |input: &'static Schema, member: &str| {
        let tree = Value::Map(vec![
            ("Bucket".into(), "photos".into()),
            ("Key".into(), "a b/c".into()),
            (member.into(), tag.clone()),
        ]);
        let operation = Operation { name: "PutThing", http: "PUT /{Bucket}/{Key+}?tagging", input };
        client::encode(&service(Protocol::RestXml), &operation, &tree, "us-east-1")
    };
    const TAGGED: Schema = Schema::structure(&[
        Member { location: Location::Uri, ..Member::new("Bucket", &Schema::STRING) },
        Member { location: Location::Uri, ..Member::new("Key", &Schema::STRING) },
        Member { location: Location::Payload, ..Member::new("Tagging", &TAG) },
    ]);
    let mut request = request_with(&TAGGED, "Tagging");
    assert_eq!(
        request.text(),
        "<Tag xmlns=\"http://example.com/doc/2010-05-08/\"><Key>&lt;</Key></Tag>"
    );
    assert_eq!(request.header("content-type"), Some("application/xml"));
    assert_eq!(request.url, "https://things.us-east-1.amazonaws.com/photos/a%20b/c?tagging");
    client::virtual_hosted(&mut request);
    assert_eq!(request.url, "https://photos.things.us-east-1.amazonaws.com/a%20b/c?tagging");
    assert_eq!(
        request_with(&BODY_MEMBERS, "Inner").text(),
        "<PutThingRequest xmlns=\"http://example.com/doc/2010-05-08/\"><Inner><Key>&lt;</Key></Inner></PutThingRequest>"
    );
}

#[test]
fn a_global_service_has_one_endpoint_in_a_partition() {
    let iam = Service { endpoint_prefix: "iam", global: true, ..service(Protocol::Query) };
    for (region, endpoint, signing) in [
        ("eu-west-1", "https://iam.amazonaws.com", "us-east-1"),
        ("cn-northwest-1", "https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("us-gov-east-1", "https://iam.us-gov.amazonaws.com", "us-gov-west-1"),
        ("us-iso-west-1", "https://iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
    ] {
        assert_eq!(
            (iam.endpoint(region).as_str(), iam.signing_region(region)),
            (endpoint, signing)
        );
    }
}

#[test]
fn policy_documents_can_be_json_objects() {
    const INPUT: Schema = Schema::structure(&[
        Member::new("PolicyDocument", &Schema::STRING),
        Member::new("Names", &Schema::list(&Schema::STRING)),
        Member::new("Count", &Schema::INTEGER),
    ]);
    let json =
        tree_of!({"PolicyDocument": {"Statement": []}, "Names": ["a", 1], "Count": 2, "X": 3});
    let value = client::input_from_json(json, &INPUT).unwrap();
    assert_eq!(value.text("PolicyDocument"), r#"{"Statement":[]}"#);
    assert_eq!(value.get("Names"), &Value::List(vec!["a".into(), "1".into()]));
    assert_eq!(value.get("Count"), &Value::Integer(2));
    assert!(client::input_from_json(tree_of!({"Count": "2"}), &INPUT).is_err());
}
