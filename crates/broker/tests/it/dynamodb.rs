//! Amazon DynamoDB: tables and items.

mod item;
mod table;

use crate::common::{Host, STUDIO};
use serde_json::{Value as Json, json};

const VALIDATION: &str = "com.amazon.coral.validate#ValidationException: ";
const SERVICE: &str = "com.amazonaws.dynamodb.v20120810#";

/// A host with a table of songs: partition key `artist`, sort key `released`, an index by genre.
fn music() -> Host {
    music_in("us-east-1")
}

fn music_in(region: &'static str) -> Host {
    let mut host = Host { region, ..Host::empty() };
    let created = host.admin(
        "dynamodb.CreateTable",
        json!({
            "TableName": "music",
            "AttributeDefinitions": [
                {"AttributeName": "artist", "AttributeType": "S"},
                {"AttributeName": "released", "AttributeType": "N"},
                {"AttributeName": "genre", "AttributeType": "S"}],
            "KeySchema": [
                {"AttributeName": "artist", "KeyType": "HASH"},
                {"AttributeName": "released", "KeyType": "RANGE"}],
            "BillingMode": "PAY_PER_REQUEST",
            "GlobalSecondaryIndexes": [{
                "IndexName": "by-genre",
                "KeySchema": [
                    {"AttributeName": "genre", "KeyType": "HASH"},
                    {"AttributeName": "released", "KeyType": "RANGE"}],
                "Projection": {"ProjectionType": "KEYS_ONLY"}}]
        }),
    );
    assert_eq!(created["TableDescription"]["TableStatus"], "CREATING");
    for (artist, released, genre) in [
        ("Ana", "2001", "pop"),
        ("Ana", "999", "folk"),
        ("Ana", "-5", "pop"),
        ("Ana", "10.5", "pop"),
        ("Ben/x", "1", "pop"),
    ] {
        host.admin(
            "dynamodb.PutItem",
            json!({"TableName": "music", "Item": song(artist, released, genre)}),
        );
    }
    host
}

fn song(artist: &str, released: &str, genre: &str) -> Json {
    json!({"artist": {"S": artist}, "released": {"N": released}, "genre": {"S": genre}, "plays": {"N": "0"}})
}

fn years(page: &Json) -> Vec<String> {
    let items = page["Items"].as_array().unwrap();
    items.iter().map(|i| i["released"]["N"].as_str().unwrap().to_owned()).collect()
}

fn error(host: &mut Host, call: &str, input: Json) -> String {
    host.json(Some(STUDIO), call, &input).unwrap_err()
}
