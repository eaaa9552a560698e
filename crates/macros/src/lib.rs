//! `#[derive(Shape)]` and `#[operation]`: declarations turned into the traits of `cognitab-wire`
//! and `cognitab-kernel`.

use proc_macro::TokenStream;

mod names;
mod operation;
mod shape;

/// Makes a structure, an enum of texts or a type that wraps another one a shape of the value tree.
///
/// The shape is named as the type is, unless the type says `#[shape(name = "…")]`. A newtype
/// declares AWS's constraints where AWS's model has them:
///
/// ```ignore
/// #[derive(Clone, Debug, PartialEq, Shape)]
/// #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
/// pub struct UserPoolIdType(String);
/// ```
///
/// It dereferences to what it wraps and converts from and to it; around a `String` it is also
/// made from `&str`, compared with one and displayed.
///
/// Members are named in upper camel case unless the structure says `#[shape(lower_camel)]` or the
/// member says `#[shape(name = "…")]`. A member that is no `Option` is required. Constraints:
/// `length = 1..=128`, `range = 0..=60`, `pattern = "…"`, `item_length = 1..=64`, `sensitive`.
/// REST places: `header = "…"`, `headers = "…"`, `query = "…"`, `uri`, `payload`. XML:
/// `item = "…"`, `flattened`. `optional` makes a member that is no `Option` take its default
/// where it is absent.
///
/// Variants of an enum are texts: their own name, or that of `#[shape(name = "…")]`; an enum with
/// `#[shape(upper)]` writes `SUCH_NAMES`.
#[proc_macro_derive(Shape, attributes(shape))]
pub fn derive_shape(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    shape::derive(input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a function `fn get_user(cx: &mut Cx, input: GetUserRequest) -> Result<GetUserResponse, Stop>`
/// an operation: a zero-sized type `GetUser` that the service's list names. It belongs to the
/// `SERVICE` at the root of its crate.
///
/// First how callers authenticate: `public`, `access_token` or `signed`. Then, as needed:
///
/// - `name = "…"`: AWS's name, where it is not the function's in upper camel case.
/// - `http = "GET /path/{Label}"`, `status = 204`: for REST protocols.
/// - `action = "s3:GetObject"`: the IAM action, where it is not named like the operation.
/// - `resource = function`: the ARN that the action needs, from `(&Cx, &Value)`; without it `*`.
/// - `access = function`: the whole list of what IAM must allow, from `(&Cx, &Value, action)`.
/// - `unrestricted`: IAM is not asked beforehand: AWS lets every authenticated caller use it, or
///   the operation itself asks with what it has read.
#[proc_macro_attribute]
pub fn operation(args: TokenStream, item: TokenStream) -> TokenStream {
    let function = syn::parse_macro_input!(item as syn::ItemFn);
    operation::expand(args.into(), function).unwrap_or_else(syn::Error::into_compile_error).into()
}
