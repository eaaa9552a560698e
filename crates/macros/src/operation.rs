//! The attribute `#[operation]`.

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
    let name = options.name.clone().unwrap_or_else(|| upper_camel(&body.to_string()));
    let ident = format_ident!("{}", upper_camel(&body.to_string()));
    let docs: Vec<_> = function.attrs.iter().filter(|a| a.path().is_ident("doc")).collect();
    let (input, output) = types(&function)?;
    let auth = options.auth.clone().ok_or_else(|| {
        Error::new(body.span(), "missing authentication: public, access_token or signed")
    })?;
    let http = options.http.as_ref().map(|http| quote!(const HTTP: &'static str = #http;));
    let status = options.status.as_ref().map(|status| quote!(const STATUS: u16 = #status;));
    let access = access(&options);
    Ok(quote! {
        #function

        #(#docs)*
        #[derive(Clone, Copy, Debug)]
        #visibility struct #ident;

        impl ::cognitab_kernel::Operation for #ident {
            const SERVICE: &'static ::cognitab_kernel::Service = &crate::SERVICE;
            const NAME: &'static str = #name;
            const AUTH: ::cognitab_kernel::Auth = ::cognitab_kernel::Auth::#auth;
            #http
            #status
            type Input = #input;
            type Output = #output;
            #access
            fn run(
                cx: &mut ::cognitab_kernel::Cx<'_>,
                input: Self::Input,
            ) -> ::core::result::Result<Self::Output, ::cognitab_kernel::Stop> {
                #body(cx, input)
            }
        }
    })
}

/// Implements `Operation::access`, unless the default applies.
fn access(options: &Options) -> Option<TokenStream> {
    let action = match &options.action {
        Some(action) => quote!(::std::string::String::from(#action)),
        None => quote!(::std::format!("{}:{}", Self::SERVICE.name, Self::NAME)),
    };
    let list = if options.unrestricted {
        quote!(::std::vec::Vec::new())
    } else if let Some(access) = &options.access {
        quote!(#access(cx, input, &#action))
    } else if let Some(resource) = &options.resource {
        quote!(::std::vec![::cognitab_kernel::Access::new(#action, #resource(cx, input))])
    } else if options.action.is_some() {
        quote!(::std::vec![::cognitab_kernel::Access::new(#action, "*")])
    } else {
        return None;
    };
    Some(quote! {
        fn access(
            cx: &::cognitab_kernel::Cx<'_>,
            input: &::cognitab_wire::Value,
        ) -> ::std::vec::Vec<::cognitab_kernel::Access> {
            let _ = (cx, input);
            #list
        }
    })
}

/// The types of the second argument and of the successful result.
fn types(function: &ItemFn) -> Result<(Type, Type)> {
    let signature = &function.sig;
    let wrong = || {
        Error::new(
            signature.ident.span(),
            "an operation is `fn(cx: &mut Cx, input: Input) -> Result<Output, Stop>`",
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
    action: Option<String>,
    access: Option<syn::Path>,
    resource: Option<syn::Path>,
    unrestricted: bool,
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
                "action" => options.action = Some(meta.value()?.parse::<LitStr>()?.value()),
                "access" => options.access = Some(meta.value()?.parse()?),
                "resource" => options.resource = Some(meta.value()?.parse()?),
                "unrestricted" => options.unrestricted = true,
                _ => return Err(meta.error("unknown option of an operation")),
            }
            Ok(())
        });
        parser.parse2(args)?;
        Ok(options)
    }
}
