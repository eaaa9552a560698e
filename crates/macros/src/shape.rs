//! The derive macro `Shape`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Error, ExprRange, Field, Fields, LitStr, Result, Type};

use crate::names::{lower_camel, screaming, upper_camel};

pub(crate) fn derive(input: DeriveInput) -> Result<TokenStream> {
    let ident = &input.ident;
    let container = Options::read(&input.attrs)?;
    let name = container.name.clone().unwrap_or_else(|| ident.to_string());
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => structure(ident, &name, fields.named.iter(), &container),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let inner = fields.unnamed.iter().map(|field| &field.ty);
                Ok(inner.map(|ty| newtype(ident, &name, ty, &container)).collect())
            }
            _ => Err(Error::new(input.span(), "a shape has named members or is a newtype")),
        },
        Data::Enum(data) => {
            let variants = data
                .variants
                .iter()
                .map(|v| {
                    let options = Options::read(&v.attrs)?;
                    let own = v.ident.to_string();
                    let text = options.name.unwrap_or_else(|| {
                        if container.upper { screaming(&own) } else { own.clone() }
                    });
                    Ok((&v.ident, text))
                })
                .collect::<Result<Vec<_>>>()?;
            enumeration(ident, &name, &variants)
        }
        Data::Union(_) => Err(Error::new(input.span(), "a union cannot be a shape")),
    }
}

/// Implements a newtype.
fn newtype(ident: &syn::Ident, name: &str, inner: &Type, options: &Options) -> TokenStream {
    let constraints = options.constraints().map(|constraints| quote!(constraints: #constraints,));
    let sensitive = options.sensitive.then(|| quote!(sensitive: true,));
    let entry = options.entry.as_ref().map(|(key, value)| quote!(entry: &(#key, #value),));
    let text = is_string(inner).then(|| text(ident));
    quote! {
        impl ::cognitab_wire::Shape for #ident {
            const SCHEMA: &'static ::cognitab_wire::Schema = &::cognitab_wire::Schema {
                name: #name,
                #constraints
                #sensitive
                #entry
                ..*<#inner as ::cognitab_wire::Shape>::SCHEMA
            };
            fn read_with(
                value: ::cognitab_wire::Value,
                reader: &mut ::cognitab_wire::shape::Reader,
            ) -> Self {
                Self(<#inner as ::cognitab_wire::Shape>::read_with(value, reader))
            }
            fn write(&self) -> ::cognitab_wire::Value {
                ::cognitab_wire::Shape::write(&self.0)
            }
        }
        impl #ident {
            /// Returns the inner value.
            #[allow(dead_code, reason = "not every shape is taken apart")]
            pub fn into_inner(self) -> #inner {
                self.0
            }
        }
        impl ::core::ops::Deref for #ident {
            type Target = #inner;
            fn deref(&self) -> &#inner {
                &self.0
            }
        }
        impl ::core::convert::From<#inner> for #ident {
            fn from(value: #inner) -> Self {
                Self(value)
            }
        }
        impl ::core::convert::From<#ident> for #inner {
            fn from(value: #ident) -> Self {
                value.0
            }
        }
        impl ::core::convert::AsRef<#inner> for #ident {
            fn as_ref(&self) -> &#inner {
                &self.0
            }
        }
        #text
    }
}

/// Additional implementations for a newtype around a `String`.
fn text(ident: &syn::Ident) -> TokenStream {
    quote! {
        impl ::core::convert::From<&str> for #ident {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
        impl ::core::convert::AsRef<str> for #ident {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl ::core::borrow::Borrow<str> for #ident {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
        impl ::core::cmp::PartialEq<str> for #ident {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }
        impl ::core::cmp::PartialEq<&str> for #ident {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
        impl ::core::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }
    }
}

fn is_string(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|s| s.ident == "String")
}

fn structure<'a>(
    ident: &syn::Ident,
    shape: &str,
    fields: impl Iterator<Item = &'a Field>,
    container: &Options,
) -> Result<TokenStream> {
    let (mut members, mut reads, mut writes) = (Vec::new(), Vec::new(), Vec::new());
    for field in fields {
        let options = Options::read(&field.attrs)?;
        let field_ident =
            field.ident.as_ref().ok_or_else(|| Error::new(field.span(), "unnamed"))?;
        let own = field_ident.to_string();
        let text = options.name.clone().unwrap_or_else(|| {
            if container.lower_camel { lower_camel(&own) } else { upper_camel(&own) }
        });
        members.push(member(&text, &field.ty, &options));
        if options.optional {
            let ty = &field.ty;
            reads
                .push(quote!(#field_ident: members.take::<Option<#ty>>(#text).unwrap_or_default()));
        } else {
            reads.push(quote!(#field_ident: members.take(#text)));
        }
        writes.push(quote!(::cognitab_wire::shape::put(&mut members, #text, &self.#field_ident);));
    }
    // A structure without members neither takes nor puts any.
    let mutable = (!members.is_empty()).then(|| quote!(mut));
    let unused = members.is_empty().then(|| quote!(let _ = members;));
    Ok(quote! {
        impl ::cognitab_wire::Shape for #ident {
            const SCHEMA: &'static ::cognitab_wire::Schema = &::cognitab_wire::Schema::new(
                #shape,
                ::cognitab_wire::Kind::Structure(&[#(#members),*]),
            );
            fn read_with(
                value: ::cognitab_wire::Value,
                reader: &mut ::cognitab_wire::shape::Reader,
            ) -> Self {
                let #mutable members = ::cognitab_wire::shape::Members::open(value, reader);
                #unused
                Self { #(#reads),* }
            }
            fn write(&self) -> ::cognitab_wire::Value {
                let #mutable members = ::std::vec::Vec::new();
                #(#writes)*
                ::cognitab_wire::Value::Map(members)
            }
        }
    })
}

fn member(name: &str, ty: &syn::Type, options: &Options) -> TokenStream {
    let required = if options.optional {
        quote!(false)
    } else {
        quote!(<#ty as ::cognitab_wire::Shape>::REQUIRED)
    };
    let mut parts = vec![quote!(required: #required)];
    if let Some(constraints) = options.constraints() {
        parts.push(quote!(constraints: #constraints));
    }
    if let Some(item) = &options.item {
        parts.push(quote!(item: #item));
    }
    if let Some(location) = &options.location {
        parts.push(quote!(location: ::cognitab_wire::Location::#location));
    }
    if options.sensitive {
        parts.push(quote!(sensitive: true));
    }
    if options.flattened {
        parts.push(quote!(flattened: true));
    }
    quote! {
        ::cognitab_wire::Member {
            #(#parts,)*
            ..::cognitab_wire::Member::new(#name, <#ty as ::cognitab_wire::Shape>::SCHEMA)
        }
    }
}

fn enumeration(
    ident: &syn::Ident,
    name: &str,
    variants: &[(&syn::Ident, String)],
) -> Result<TokenStream> {
    let idents: Vec<_> = variants.iter().map(|(ident, _)| ident).collect();
    let texts: Vec<_> = variants.iter().map(|(_, text)| text).collect();
    let [first, others @ ..] = idents.as_slice() else {
        return Err(Error::new(ident.span(), "a shape has at least one variant"));
    };
    let indices = 1..=others.len();
    Ok(quote! {
        impl #ident {
            /// AWS's name for it.
            pub const fn as_str(&self) -> &'static str {
                match self { #(Self::#idents => #texts),* }
            }
        }
        impl ::cognitab_wire::Shape for #ident {
            const SCHEMA: &'static ::cognitab_wire::Schema = &::cognitab_wire::Schema::new(
                #name,
                ::cognitab_wire::Kind::Enum(&[#(#texts),*]),
            );
            fn read_with(
                value: ::cognitab_wire::Value,
                reader: &mut ::cognitab_wire::shape::Reader,
            ) -> Self {
                match reader.variant(value, &[#(#texts),*], stringify!(#ident)) {
                    #(#indices => Self::#others,)*
                    _ => Self::#first,
                }
            }
            fn write(&self) -> ::cognitab_wire::Value {
                ::cognitab_wire::Value::from(self.as_str())
            }
        }
    })
}

/// Both ends of a range, with defaults for open ends.
fn limits(range: &ExprRange, least: TokenStream, most: TokenStream) -> TokenStream {
    let start = range.start.as_ref().map_or(least, ToTokens::to_token_stream);
    let end = range.end.as_ref().map_or(most, ToTokens::to_token_stream);
    quote!(Some((#start, #end)))
}

#[derive(Default)]
struct Options {
    name: Option<String>,
    lower_camel: bool,
    upper: bool,
    optional: bool,
    sensitive: bool,
    flattened: bool,
    length: Option<ExprRange>,
    range: Option<ExprRange>,
    item_length: Option<ExprRange>,
    pattern: Option<String>,
    item: Option<String>,
    entry: Option<(String, String)>,
    location: Option<TokenStream>,
}

impl Options {
    /// The constraints, if there are any.
    fn constraints(&self) -> Option<TokenStream> {
        let length = |range: &ExprRange| limits(range, quote!(0), quote!(usize::MAX));
        let value = |range: &ExprRange| limits(range, quote!(i64::MIN), quote!(i64::MAX));
        let parts: Vec<TokenStream> = [
            self.length.as_ref().map(length).map(|limits| quote!(length: #limits)),
            self.range.as_ref().map(value).map(|limits| quote!(range: #limits)),
            self.pattern.as_ref().map(|pattern| quote!(pattern: Some(#pattern))),
            self.item_length.as_ref().map(length).map(|limits| quote!(item_length: #limits)),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| {
            quote! {
                &::cognitab_wire::Constraints {
                    #(#parts,)*
                    ..::cognitab_wire::Constraints::NONE
                }
            }
        })
    }

    fn read(attributes: &[Attribute]) -> Result<Options> {
        let mut options = Options::default();
        for attribute in attributes.iter().filter(|a| a.path().is_ident("shape")) {
            attribute.parse_nested_meta(|meta| {
                let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                let text = || Ok::<_, Error>(meta.value()?.parse::<LitStr>()?.value());
                match key.as_str() {
                    "name" => options.name = Some(text()?),
                    "pattern" => options.pattern = Some(text()?),
                    "item" => options.item = Some(text()?),
                    "entry" => {
                        let names = text()?;
                        let (key, value) = names
                            .split_once('/')
                            .ok_or_else(|| meta.error("expected `entry = \"Key/Value\"`"))?;
                        options.entry = Some((key.to_owned(), value.to_owned()));
                    }
                    "header" => {
                        options.location = {
                            let t = text()?;
                            Some(quote!(Header(#t)))
                        }
                    }
                    "headers" => {
                        options.location = {
                            let t = text()?;
                            Some(quote!(Headers(#t)))
                        }
                    }
                    "query" => {
                        options.location = {
                            let t = text()?;
                            Some(quote!(Query(#t)))
                        }
                    }
                    "uri" => options.location = Some(quote!(Uri)),
                    "payload" => options.location = Some(quote!(Payload)),
                    "length" => options.length = Some(meta.value()?.parse()?),
                    "range" => options.range = Some(meta.value()?.parse()?),
                    "item_length" => options.item_length = Some(meta.value()?.parse()?),
                    "lower_camel" => options.lower_camel = true,
                    "upper" => options.upper = true,
                    "optional" => options.optional = true,
                    "sensitive" => options.sensitive = true,
                    "flattened" => options.flattened = true,
                    _ => return Err(meta.error("unknown option of a shape")),
                }
                Ok(())
            })?;
        }
        Ok(options)
    }
}
