//! Decoders do not panic, and decoding an encoded value returns the same value.

use cognitab_wire::http::{self, Request, Response, Url};
use cognitab_wire::rest::{self, DocumentFormat};
use cognitab_wire::{Kind, Location, Member, Schema, Value, internet, json, query, time, xml};
use proptest::prelude::*;

const TAG: Schema = Schema::structure(&[
    Member::new("Key", &Schema::STRING),
    Member::new("Value", &Schema::INTEGER),
]);

/// Members of all types.
const ALL: Schema = Schema::structure(&[
    Member::new("Flag", &Schema::BOOLEAN),
    Member::new("Count", &Schema::INTEGER),
    Member::new("Share", &Schema::FLOAT),
    Member::new("Name", &Schema::STRING),
    Member::new("Kind", &Schema::new("", Kind::Enum(&["A", "B"]))),
    Member::new("Bytes", &Schema::BLOB),
    Member::new("At", &Schema::TIMESTAMP),
    Member::new("Tags", &Schema::list(&TAG)),
    Member { flattened: true, ..Member::new("Names", &Schema::list(&Schema::STRING)) },
    Member::new("Map", &Schema::map(&Schema::STRING)),
    Member::new("Inner", &TAG),
]);

const ALL_LOCATIONS: Schema = Schema::structure(&[
    Member { location: Location::Uri, ..Member::new("Id", &Schema::STRING) },
    Member { location: Location::Query("count"), ..Member::new("Count", &Schema::INTEGER) },
    Member { location: Location::Query("flag"), ..Member::new("Flag", &Schema::BOOLEAN) },
    Member { location: Location::Header("x-name"), ..Member::new("Name", &Schema::STRING) },
    Member {
        location: Location::Headers("x-meta-"),
        ..Member::new("Meta", &Schema::map(&Schema::STRING))
    },
    Member::new("Inner", &TAG),
]);

const PAYLOAD: Schema = Schema::structure(&[
    Member { location: Location::Header("x-name"), ..Member::new("Name", &Schema::STRING) },
    Member { location: Location::Payload, ..Member::new("Body", &Schema::BLOB) },
]);

fn entry(name: &str, value: Value) -> (String, Value) {
    (name.to_owned(), value)
}

fn tag() -> impl Strategy<Value = Value> {
    ("[ -~äé€😀]{1,8}", any::<i64>()).prop_map(|(key, n)| {
        Value::Map(vec![entry("Key", key.into()), entry("Value", Value::Integer(n))])
    })
}

/// A value of the schema with special characters. Lists and maps have items: some protocols do not
/// distinguish empty from absent.
fn tree() -> impl Strategy<Value = Value> {
    let text = "[ -~äé€😀<&\"']{1,12}";
    // serde_json may round the last bit of a long fraction.
    let fraction = any::<i32>().prop_map(|n| f64::from(n) / 64.0);
    let scalars = (
        any::<bool>(),
        any::<i64>(),
        fraction,
        text,
        prop::collection::vec(any::<u8>(), 1..9),
        0..4_000_000_000_i64,
    );
    let lists = (
        prop::collection::vec(tag(), 1..4),
        prop::collection::vec(text, 1..4),
        prop::collection::btree_map("[a-z]{1,5}", text, 1..4),
        tag(),
    );
    (scalars, lists).prop_map(
        |((flag, count, share, name, bytes, at), (tags, names, map, inner))| {
            Value::Map(vec![
                entry("Flag", Value::Bool(flag)),
                entry("Count", Value::Integer(count)),
                entry("Share", Value::Float(share)),
                entry("Name", name.into()),
                entry("Kind", "B".into()),
                entry("Bytes", Value::Bytes(bytes)),
                entry("At", Value::Time(at * 1000)),
                entry("Tags", Value::List(tags)),
                entry("Names", Value::List(names.into_iter().map(Value::from).collect())),
                entry("Map", Value::Map(map.into_iter().map(|(k, v)| (k, v.into())).collect())),
                entry("Inner", inner),
            ])
        },
    )
}

proptest! {
    #[test]
    fn json_round_trips(tree in tree()) {
        prop_assert_eq!(json::decode(&json::encode(&tree), &ALL), Ok(tree));
    }

    #[test]
    fn xml_round_trips(tree in tree()) {
        let body = format!("<Root>{}</Root>", xml::members(&tree, &ALL, time::iso));
        prop_assert_eq!(xml::decode(body.as_bytes(), &ALL), Ok(tree));
    }

    #[test]
    fn rest_decodes_every_location(
        id in "[ -~ä€]{1,10}",
        count in any::<i64>(),
        flag in any::<bool>(),
        name in "[!-~]{0,10}",
        meta in prop::collection::btree_map("[a-z]{1,5}", "[!-~]{0,8}", 1..3),
        inner in tag(),
        is_xml in any::<bool>(),
    ) {
        let url = format!("https://h/a/{}/b?count={count}&flag={flag}", http::encode(&id));
        let mut headers = vec![("X-Name".to_owned(), name.clone())];
        headers.extend(meta.iter().map(|(n, v)| (format!("X-Meta-{n}"), v.clone())));
        let body = Value::Map(vec![entry("Inner", inner.clone())]);
        let (document, body) = if is_xml {
            (DocumentFormat::Xml, format!("<R>{}</R>", xml::members(&body, &ALL_LOCATIONS, time::iso)).into_bytes())
        } else {
            (DocumentFormat::Json, json::encode(&body))
        };
        let request = Request { method: "PUT".into(), url, headers, body };
        let parts = request.url();
        let labels = rest::matches("PUT /a/{Id}/b", "PUT", parts.path, &parts.params());
        let decoded = rest::decode(&request, labels.unwrap(), &ALL_LOCATIONS, document).unwrap();
        prop_assert_eq!(decoded.text("Id"), id);
        prop_assert_eq!(decoded.get("Count"), &Value::Integer(count));
        prop_assert_eq!(decoded.get("Flag"), &Value::Bool(flag));
        prop_assert_eq!(decoded.text("Name"), name);
        let meta: Vec<_> = meta.into_iter().map(|(n, v)| (n, Value::from(v))).collect();
        prop_assert_eq!(decoded.get("Meta").members(), meta);
        prop_assert_eq!(decoded.get("Inner"), &inner);
    }

    #[test]
    fn a_response_of_headers_and_payload_round_trips(name in "[!-~]{0,10}", body in prop::collection::vec(any::<u8>(), 0..20)) {
        let tree = Value::Map(vec![entry("Name", name.into()), entry("Body", Value::Bytes(body))]);
        let mut response = Response::new(200, Vec::new());
        prop_assert!(rest::encode(&mut response, &tree, &PAYLOAD, DocumentFormat::Xml));
        let request = Request { headers: response.headers, body: response.body, ..Request::default() };
        prop_assert_eq!(rest::decode(&request, Vec::new(), &PAYLOAD, DocumentFormat::Xml), Ok(tree));
    }

    #[test]
    fn percent_encoding_round_trips(text in ".*") {
        prop_assert_eq!(http::decode(&http::encode(&text)), text.clone());
        prop_assert_eq!(http::decode(&http::encode_except(&text, "/")), text);
    }

    #[test]
    fn local_addresses_round_trip(
        host in "([a-z-]{1,9}\\.)?(cognito-idp\\.us-east-1\\.amazonaws\\.com|d\\.auth\\.us-east-1\\.amazoncognito\\.com|photos\\.example)",
        tail in "/[a-z/%?=&#.~-]{0,20}",
        base in "/([a-z]{1,5}/){0,2}",
    ) {
        let address = format!("https://{host}{tail}");
        let local = internet::to_local(&base, &address);
        if internet::is_simulated(&host) {
            prop_assert!(local.starts_with(&format!("{base}~/")), "{local}");
            prop_assert_eq!(internet::from_local(&base, &local), Some(address));
        } else {
            prop_assert_eq!(local, address);
        }
    }

    #[test]
    fn arbitrary_input_does_not_panic(text in ".*", other in ".*", bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let url = Url::parse(&text);
        let rebuilt = url.host.len() + url.path.len() + url.query.len() + url.fragment.len();
        prop_assert!(rebuilt <= text.len());
        let _ = url.params();
        let _ = http::form(&bytes);
        let _ = internet::from_local(&other, &text);
        let _ = internet::to_local(&other, &text);
        let _ = internet::is_simulated(&text);
        for schema in [&ALL, &ALL_LOCATIONS, &PAYLOAD, &Schema::DOCUMENT, &Schema::list(&TAG)] {
            let _ = json::decode(&bytes, schema);
            let _ = json::decode(text.as_bytes(), schema);
            let _ = xml::decode(&bytes, schema);
            let _ = xml::decode(format!("<R><Count>{text}</Count></R>").as_bytes(), schema);
            let _ = query::decode(&http::form(&bytes), schema);
            let headers = vec![("x-name".to_owned(), other.clone()), ("x-meta-a".to_owned(), text.clone())];
            let request = Request { method: other.clone(), url: text.clone(), headers, body: bytes.clone() };
            let _ = rest::decode(&request, Vec::new(), schema, DocumentFormat::Json);
            let _ = rest::decode(&request, Vec::new(), schema, DocumentFormat::Xml);
        }
        let _ = rest::matches("GET /{Bucket}/{Key+}?list-type=2", &other, &text, &url.params());
    }

    /// Almost valid input reaches deeper code.
    #[test]
    fn almost_valid_documents_do_not_panic(tree in tree(), at in 0..400_usize, byte in any::<u8>()) {
        let mut text = json::encode(&tree);
        let mut element = format!("<R>{}</R>", xml::members(&tree, &ALL, time::iso)).into_bytes();
        for bytes in [&mut text, &mut element] {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        let _ = json::decode(&text, &ALL);
        let _ = xml::decode(&element, &ALL);
        element.truncate(at);
        let _ = xml::decode(&element, &ALL);
    }
}
