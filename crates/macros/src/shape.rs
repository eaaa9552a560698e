//! `derive(Shape)`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Error, ExprRange, Field, Fields, LitStr, Result};

use crate::names::{lower_camel, screaming, upper_camel};

pub(crate) fn derive(input: DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let container = Options::read(&input.attrs)?;
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => structure(name, fields.named.iter(), &container),
            _ => Err(Error::new(input.span(), "a shape has named members")),
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
            Ok(enumeration(name, &variants))
        }
        Data::Union(_) => Err(Error::new(input.span(), "a union is no shape")),
    }
}

fn structure<'a>(
    name: &syn::Ident,
    fields: impl Iterator<Item = &'a Field>,
    container: &Options,
) -> Result<TokenStream> {
    let (mut members, mut reads, mut writes) = (Vec::new(), Vec::new(), Vec::new());
    for field in fields {
        let options = Options::read(&field.attrs)?;
        let ident = field.ident.as_ref().ok_or_else(|| Error::new(field.span(), "unnamed"))?;
        let own = ident.to_string();
        let text = options.name.clone().unwrap_or_else(|| {
            if container.lower_camel { lower_camel(&own) } else { upper_camel(&own) }
        });
        members.push(member(&text, &field.ty, &options));
        if options.optional {
            let ty = &field.ty;
            reads.push(quote!(#ident: members.take::<Option<#ty>>(#text)?.unwrap_or_default()));
        } else {
            reads.push(quote!(#ident: members.take(#text)?));
        }
        writes.push(quote!(::cognitab_wire::shape::put(&mut members, #text, &self.#ident);));
    }
    Ok(quote! {
        impl ::cognitab_wire::Shape for #name {
            const SCHEMA: &'static ::cognitab_wire::Schema =
                &::cognitab_wire::Schema::Structure(&[#(#members),*]);
            fn read(
                value: ::cognitab_wire::Value,
            ) -> ::core::result::Result<Self, ::cognitab_wire::shape::Mismatch> {
                let mut members = ::cognitab_wire::shape::Members::open(value)?;
                Ok(Self { #(#reads),* })
            }
            fn write(&self) -> ::cognitab_wire::Value {
                let mut members = ::std::vec::Vec::new();
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
    let pair = |range: &ExprRange| {
        let (start, end) = (&range.start, &range.end);
        quote!(Some((#start, #end)))
    };
    if let Some(range) = &options.length {
        let limits = pair(range);
        parts.push(quote!(length: #limits));
    }
    if let Some(range) = &options.range {
        let limits = pair(range);
        parts.push(quote!(range: #limits));
    }
    if let Some(range) = &options.item_length {
        let limits = pair(range);
        parts.push(quote!(item_length: #limits));
    }
    if let Some(pattern) = &options.pattern {
        parts.push(quote!(pattern: Some(#pattern)));
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

fn enumeration(name: &syn::Ident, variants: &[(&syn::Ident, String)]) -> TokenStream {
    let idents: Vec<_> = variants.iter().map(|(ident, _)| ident).collect();
    let texts: Vec<_> = variants.iter().map(|(_, text)| text).collect();
    quote! {
        impl #name {
            /// AWS's word for it.
            pub const fn as_str(&self) -> &'static str {
                match self { #(Self::#idents => #texts),* }
            }
        }
        impl ::cognitab_wire::Shape for #name {
            const SCHEMA: &'static ::cognitab_wire::Schema =
                &::cognitab_wire::Schema::Enum(&[#(#texts),*]);
            fn read(
                value: ::cognitab_wire::Value,
            ) -> ::core::result::Result<Self, ::cognitab_wire::shape::Mismatch> {
                match value.str().unwrap_or_default() {
                    #(#texts => Ok(Self::#idents),)*
                    _ => Err(::cognitab_wire::shape::Mismatch::new(stringify!(#name))),
                }
            }
            fn write(&self) -> ::cognitab_wire::Value {
                ::cognitab_wire::Value::from(self.as_str())
            }
        }
    }
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
    location: Option<TokenStream>,
}

impl Options {
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
                    _ => return Err(meta.error("no option of a shape")),
                }
                Ok(())
            })?;
        }
        Ok(options)
    }
}
