//! `#[operation]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::Parser;
use syn::{
    Error, FnArg, GenericArgument, ItemFn, LitInt, LitStr, PathArguments, Result, ReturnType, Type,
};

use crate::names::upper_camel;

pub(crate) fn expand(args: TokenStream, function: ItemFn) -> Result<TokenStream> {
    let options = Options::read(args)?;
    let (body, visibility) = (&function.sig.ident, &function.vis);
    let name = options.name.unwrap_or_else(|| upper_camel(&body.to_string()));
    let ident = format_ident!("{}", upper_camel(&body.to_string()));
    let docs: Vec<_> = function.attrs.iter().filter(|a| a.path().is_ident("doc")).collect();
    let (input, output) = types(&function)?;
    let auth = options.auth.ok_or_else(|| {
        Error::new(body.span(), "say who may call: public, access_token or signed")
    })?;
    let http = options.http.map(|http| quote!(const HTTP: &'static str = #http;));
    let status = options.status.map(|status| quote!(const STATUS: u16 = #status;));
    let access = options.access.map(|access| {
        quote! {
            fn access(
                cx: &crate::cx::Cx<'_>,
                input: &::cognitab_wire::Value,
            ) -> ::std::vec::Vec<crate::operation::Access> {
                #access(cx, input)
            }
        }
    });
    Ok(quote! {
        #function

        #(#docs)*
        #[derive(Clone, Copy, Debug)]
        #visibility struct #ident;

        impl crate::operation::Operation for #ident {
            const NAME: &'static str = #name;
            const AUTH: crate::operation::Auth = crate::operation::Auth::#auth;
            #http
            #status
            type Input = #input;
            type Output = #output;
            #access
            fn run(
                cx: &mut crate::cx::Cx<'_>,
                input: Self::Input,
            ) -> ::core::result::Result<Self::Output, crate::fault::Fault> {
                #body(cx, input)
            }
        }
    })
}

/// Type of the second argument, and the success half of the result.
fn types(function: &ItemFn) -> Result<(Type, Type)> {
    let signature = &function.sig;
    let wrong = || {
        Error::new(
            signature.ident.span(),
            "an operation is `fn(cx: &mut Cx, input: Input) -> Result<Output, Fault>`",
        )
    };
    let Some(FnArg::Typed(input)) = signature.inputs.iter().nth(1) else { return Err(wrong()) };
    let ReturnType::Type(_, output) = &signature.output else { return Err(wrong()) };
    let Type::Path(result) = output.as_ref() else { return Err(wrong()) };
    let Some(PathArguments::AngleBracketed(generics)) =
        result.path.segments.last().map(|s| &s.arguments)
    else {
        return Err(wrong());
    };
    let Some(GenericArgument::Type(output)) = generics.args.first() else { return Err(wrong()) };
    Ok(((*input.ty).clone(), output.clone()))
}

#[derive(Default)]
struct Options {
    auth: Option<syn::Ident>,
    name: Option<String>,
    http: Option<String>,
    status: Option<LitInt>,
    access: Option<syn::Path>,
}

impl Options {
    fn read(args: TokenStream) -> Result<Options> {
        let mut options = Options::default();
        let parser = syn::meta::parser(|meta| {
            let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            match key.as_str() {
                "public" | "access_token" | "signed" => {
                    options.auth = Some(format_ident!("{}", upper_camel(&key)));
                }
                "name" => options.name = Some(meta.value()?.parse::<LitStr>()?.value()),
                "http" => options.http = Some(meta.value()?.parse::<LitStr>()?.value()),
                "status" => options.status = Some(meta.value()?.parse()?),
                "access" => options.access = Some(meta.value()?.parse()?),
                _ => return Err(meta.error("no option of an operation")),
            }
            Ok(())
        });
        parser.parse2(args)?;
        Ok(options)
    }
}
