//! `#[derive(Shape)]` and `#[operation]`: implement the traits of `cognitab-wire` and
//! `cognitab-kernel` from declarations.

use proc_macro::TokenStream;

mod names;
mod operation;
mod shape;

/// Implements `Shape` for a structure, an enum of strings, or a newtype.
///
/// The shape has the name of the type, or that of `#[shape(name = "…")]`. A newtype has the
/// constraints of AWS's model:
///
/// ```ignore
/// #[derive(Clone, Debug, PartialEq, Shape)]
/// #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
/// pub struct UserPoolIdType(String);
/// ```
///
/// A newtype gets `Deref`, `From` and `AsRef` for the inner type and `into_inner`; around a
/// `String` also `From<&str>`, `AsRef<str>`, `Borrow<str>`, `PartialEq<str>` and `Display`.
///
/// Members are named in upper camel case, or in lower camel case with `#[shape(lower_camel)]` on
/// the structure, or by `#[shape(name = "…")]` on the member. They are required unless they are an
/// `Option` or `optional`, which gives an absent member its default. Options of newtypes and
/// members: `length = 1..=128`, `range = 0..=60`, `pattern = "…"`, `sensitive`; of members:
/// `item_length = 1..=64`, the locations `header = "…"`, `headers = "…"`, `query = "…"`, `uri` and
/// `payload`, and for XML `item = "…"` and `flattened`. A newtype around a map takes
/// `entry = "Name/Value"`, the names of a key and a value in XML and Query requests.
///
/// Variants of an enum stand for their name, or that of `#[shape(name = "…")]`; with
/// `#[shape(upper)]` on the enum, for their name in `UPPER_CASE`.
#[proc_macro_derive(Shape, attributes(shape))]
pub fn derive_shape(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    shape::derive(input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes an operation of a function `fn get_user(cx: &mut Cx, input: GetUserRequest) ->
/// Result<GetUserResponse, Stop>`: a zero-sized type `GetUser` for the service's list. It belongs
/// to the `SERVICE` at the root of its crate.
///
/// Requires how callers authenticate: `public`, `access_token` or `signed`. Optional:
///
/// - `name = "…"`: AWS's name, if it is not the function's in upper camel case.
/// - `http = "GET /path/{Label}"`, `status = 204`: for REST protocols.
/// - `action = "s3:GetObject"`: the IAM action, if its name is not that of the operation.
/// - `resource = function`: the ARN of the resource, from `(&Cx, &Value)`; by default `*`.
/// - `access = function`: all that IAM must allow, from `(&Cx, &Value, action)`.
/// - `unrestricted`: no authorization beforehand: AWS lets every authenticated caller use it, or
///   the operation itself authorizes what it has read.
#[proc_macro_attribute]
pub fn operation(args: TokenStream, item: TokenStream) -> TokenStream {
    let function = syn::parse_macro_input!(item as syn::ItemFn);
    operation::expand(args.into(), function).unwrap_or_else(syn::Error::into_compile_error).into()
}
