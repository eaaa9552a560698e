//! The models of the services.

use crate::common::{Host, get};
use cognitab_broker::services;
use cognitab_trace::model::{Models, ShapeModel, ShapeRef};

fn models() -> Models {
    let response = Host::empty().send(get("https://cognitab.invalid/_cognitab/operations"));
    assert_eq!(response.status, 200);
    serde_json::from_slice(&response.body).unwrap()
}

#[test]
fn every_operation_is_described_with_shapes_that_exist() {
    let models = models();
    for service in services() {
        for entry in service.entries() {
            let operation = &models[service.name].operations[entry.name];
            let shapes = &models[service.name].shapes;
            let mut pending = vec![operation.input.clone(), operation.output.clone()];
            while let Some(ShapeRef { shape: name, .. }) = pending.pop() {
                let shape = shapes.get(&name);
                let shape = shape.unwrap_or_else(|| panic!("{}: no {name}", entry.name));
                pending.extend(shape.members.values().cloned());
                pending.extend(
                    [&shape.member, &shape.key, &shape.value].into_iter().flatten().cloned(),
                );
            }
        }
    }
}

#[test]
fn constraints_and_locations_are_those_of_the_model() {
    let models = models();
    let idp = &models["cognito-idp"];
    assert_eq!(idp.metadata.target_prefix.as_deref(), Some("AWSCognitoIdentityProviderService"));
    assert_eq!(idp.operations["SignUp"].authtype.as_deref(), Some("none"));
    assert_eq!(idp.operations["CreateUserPool"].authtype, None);
    let ShapeModel { kind, min, max, pattern, .. } = &idp.shapes["UserPoolIdType"];
    assert_eq!((kind.as_str(), *min, *max), ("string", Some(1), Some(55)));
    assert_eq!(pattern.as_deref(), Some(r"[\w-]+_[0-9a-zA-Z]+"));
    let put = &models["s3"].operations["PutObject"];
    assert_eq!(put.http.as_ref().unwrap().request_uri, "/{Bucket}/{Key+}");
    let input = &models["s3"].shapes[&put.input.shape];
    assert_eq!(input.members["Bucket"].location.as_deref(), Some("uri"));
    assert_eq!(input.payload.as_deref(), Some("Body"));
    assert!(input.required.contains(&"Key".to_owned()));
}
