//! `derive(Shape)` for structures, enums and newtypes.
use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::protocol::Protocol;
use cognitab_wire::shape::{Blob, Mismatch};
use cognitab_wire::{Kind, Schema, Shape, Value, client, http, json, query, time, validate, xml};

/// The ID of a user pool.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
struct UserPoolIdType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "PasswordType", length = ..=256, sensitive)]
struct Password(String);

#[derive(Clone, Copy, Debug, PartialEq, Shape)]
#[shape(range = 1..=60)]
struct QueryLimitType(i64);

#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(range = 1..)]
struct Minimum(i64);

#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(length = 1..=2)]
struct UserPoolIds(Vec<UserPoolIdType>);

#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(length = 1..=4)]
struct Picture(Blob);

#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(upper)]
enum StatusType {
    Enabled,
    NotYet,
}

#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(name = "ListRequest")]
struct List {
    pool: UserPoolIdType,
    pools: Option<UserPoolIds>,
    limit: Option<QueryLimitType>,
    least: Option<Minimum>,
    picture: Option<Picture>,
    status: Option<StatusType>,
    passwords: Option<BTreeMap<UserPoolIdType, Password>>,
    #[shape(length = 1..=3)]
    name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Shape)]
struct TagResourceResponse {}

#[derive(Clone, Debug, PartialEq, Shape)]
struct PublishInput {
    message_attributes: MessageAttributeMap,
    attributes: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(entry = "Name/Value")]
struct MessageAttributeMap(BTreeMap<String, MessageAttributeValue>);

#[derive(Clone, Debug, PartialEq, Shape)]
struct MessageAttributeValue {
    data_type: String,
}

fn read(text: &str) -> Result<List, Mismatch> {
    List::read(json::decode(text.as_bytes(), List::SCHEMA).unwrap())
}

fn check(text: &str) -> Option<String> {
    let value = json::decode(text.as_bytes(), List::SCHEMA).unwrap();
    validate::message(&validate::violations(&value, List::SCHEMA))
}

const ALL_MEMBERS: &str = r#"{"Pool":"us-east-1_A","Pools":["eu-west-1_B"],"Limit":7,"Least":9,"Picture":"AAE=","Status":"NOT_YET","Passwords":{"us-east-1_A":"secret"},"Name":"ana"}"#;

#[test]
fn a_newtype_converts_to_and_from_its_inner_type() {
    let list = read(ALL_MEMBERS).unwrap();
    assert_eq!(list.pool, "us-east-1_A");
    assert_eq!(list.pool, UserPoolIdType::from("us-east-1_A"));
    assert_eq!(list.pool.split_once('_'), Some(("us-east-1", "A")));
    assert_eq!(format!("{}", list.pool), "us-east-1_A");
    assert_eq!(String::from(list.pool.clone()), "us-east-1_A");
    assert_eq!(list.limit.map(|limit| *limit + 1), Some(8));
    assert_eq!(list.limit, Some(7.into()));
    assert_eq!(list.pools.as_ref().map(|pools| pools.len()), Some(1));
    assert_eq!(list.picture.as_ref().map(|picture| picture.0.0.as_slice()), Some(&[0, 1][..]));
    let passwords = list.passwords.as_ref().unwrap();
    assert_eq!(passwords.get("us-east-1_A").cloned().unwrap().into_inner(), "secret");
    assert_eq!(json::encode(&list.write()), ALL_MEMBERS.as_bytes());
}

#[test]
fn schemas_have_the_names_and_constraints_of_their_types() {
    let schema_of = |member: &str| {
        let members = List::SCHEMA.members().iter();
        members.filter(|m| m.name == member).map(|m| m.schema).next().unwrap()
    };
    assert_eq!(List::SCHEMA.name, "ListRequest");
    assert_eq!(schema_of("Pool").name, "UserPoolIdType");
    assert_eq!(schema_of("Pool").constraints.length, Some((1, 55)));
    assert_eq!(schema_of("Limit").constraints.range, Some((1, 60)));
    assert_eq!(schema_of("Least").constraints.range, Some((1, i64::MAX)));
    assert_eq!(schema_of("Status").name, "StatusType");
    assert_eq!(schema_of("Name").name, "");
    let Kind::Map(key, Schema { name, sensitive: true, .. }) = schema_of("Passwords").kind else {
        panic!("passwords are a map to a sensitive shape");
    };
    assert_eq!((key.name, *name), ("UserPoolIdType", "PasswordType"));
}

#[test]
fn an_output_without_members_has_an_empty_result() {
    let empty = TagResourceResponse::read(Value::Map(Vec::new())).unwrap();
    assert_eq!(empty.write(), Value::Map(Vec::new()));
    let response = |schema| xml::query_response("TagResource", "x", &empty.write(), schema, "1");
    let result = "<TagResourceResult></TagResourceResult>";
    assert!(response(TagResourceResponse::SCHEMA).contains(result));
    assert!(!response(<()>::SCHEMA).contains("Result"));
}

#[test]
fn a_map_can_name_the_elements_of_its_entries() {
    let attribute = MessageAttributeValue { data_type: "String".to_owned() };
    let input = PublishInput {
        message_attributes: BTreeMap::from([("a".to_owned(), attribute)]).into(),
        attributes: BTreeMap::from([("b".to_owned(), "c".to_owned())]),
    };
    let service = client::Service {
        endpoint_prefix: "sns",
        protocol: Protocol::Query,
        target: "x",
        version: "1",
        global: false,
    };
    let operation = client::Operation { name: "Publish", http: "", input: PublishInput::SCHEMA };
    let request = client::encode(&service, &operation, &input.write(), "us-east-1");
    let form = http::form(&request.body);
    let names: Vec<_> = form.iter().map(|(name, _)| name.as_str()).skip(2).collect();
    assert_eq!(
        names,
        [
            "MessageAttributes.entry.1.Name",
            "MessageAttributes.entry.1.Value.DataType",
            "Attributes.entry.1.key",
            "Attributes.entry.1.value",
        ]
    );
    let decoded = query::decode(&form, PublishInput::SCHEMA).unwrap();
    assert_eq!(PublishInput::read(decoded).unwrap(), input);
    let members = xml::members(&input.write(), PublishInput::SCHEMA, time::iso);
    assert_eq!(
        members,
        "<MessageAttributes><entry><Name>a</Name><Value><DataType>String</DataType></Value></entry></MessageAttributes><Attributes><entry><key>b</key><value>c</value></entry></Attributes>"
    );
    let document = format!("<Publish>{members}</Publish>");
    let decoded = xml::decode(document.as_bytes(), PublishInput::SCHEMA).unwrap();
    assert_eq!(PublishInput::read(decoded).unwrap(), input);
}

#[test]
fn constraints_of_a_type_apply_to_members_items_and_keys() {
    assert_eq!(check(ALL_MEMBERS), None);
    let assert_violation = |input: &str, expected: &str| {
        assert_eq!(check(input).unwrap().split_once(": ").unwrap().1, expected, "{input}");
    };
    assert_violation(
        r#"{"Pool":"x"}"#,
        r"Value 'x' at 'pool' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+",
    );
    let item_constraints = r"[Member must have length less than or equal to 55, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+]";
    assert_violation(
        r#"{"Pool":"a_b","Pools":["a_b","c_d","e"]}"#,
        &format!(
            "Value '[a_b, c_d, e]' at 'pools' failed to satisfy constraint: Member must have length less than or equal to 2; Value '[a_b, c_d, e]' at 'pools' failed to satisfy constraint: Member must satisfy constraint: {item_constraints}"
        ),
    );
    assert_violation(
        r#"{"Pool":"a_b","Limit":0,"Least":0,"Picture":"AAECAwQ="}"#,
        "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '0' at 'least' failed to satisfy constraint: Member must have value greater than or equal to 1; Value at 'picture' failed to satisfy constraint: Member must have length less than or equal to 4",
    );
    assert_violation(
        r#"{"Pool":"a_b","Passwords":{"e":"secret"}}"#,
        &format!(
            "Value at 'passwords' failed to satisfy constraint: Map keys must satisfy constraint: {item_constraints}"
        ),
    );
    assert_violation(
        r#"{}"#,
        "Value null at 'pool' failed to satisfy constraint: Member must not be null",
    );
}

#[test]
fn errors_name_the_missing_or_mismatched_member() {
    assert_eq!(read("{}").unwrap_err().path, "Pool");
    let mut value = json::decode(ALL_MEMBERS.as_bytes(), List::SCHEMA).unwrap();
    if let Value::Map(members) = &mut value {
        members[1].1 = Value::List(vec!["a".into(), Value::Integer(1)]);
    }
    assert_eq!(List::read(value).unwrap_err().to_string(), "`Pools` is not a String");
}
