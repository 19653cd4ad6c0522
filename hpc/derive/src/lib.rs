//! `#[derive(Record)]` of the crate `hpc`, which documents it.

use proc_macro::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Expr, Fields, Ident, Result, Type, parse_macro_input};

/// Makes a struct what a buffer of objects holds: see `hpc::Record`.
#[proc_macro_derive(Record, attributes(hpc))]
pub fn record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(Error::into_compile_error).into()
}

fn expand(input: &DeriveInput) -> Result<proc_macro2::TokenStream> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(input.span(), "only structs are objects in buffers"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new(input.span(), "objects have fields with names: write `struct Name { … }`"));
    };
    if !input.generics.params.is_empty() {
        return Err(Error::new(
            input.generics.span(),
            "a struct with parameters cannot be an object in a buffer",
        ));
    }
    let mut columns = Vec::new();
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        let lens =
            quote! { lens.then(|object: &Self| &object.#ident, |object: &mut Self| &mut object.#ident) };
        let key = name_of(ident);
        columns.push(match array(field)? {
            None => {
                let ty = &field.ty;
                quote! { <#ty as ::hpc::record::Field>::columns(#lens, &path.field(#key), columns); }
            }
            Some((element, length)) => {
                quote! { ::hpc::record::array::<R, #element, { #length }>(#lens, &path.field(#key), columns); }
            }
        });
    }
    let name = &input.ident;
    Ok(quote! {
        impl ::hpc::record::Field for #name {
            fn columns<R: 'static>(
                lens: ::hpc::record::Lens<R, Self>,
                path: &::hpc::record::Path,
                columns: &mut ::std::vec::Vec<::hpc::record::Column<R>>,
            ) {
                #(#columns)*
            }
        }

        impl ::hpc::Record for #name {}
    })
}

/// What kernels call a field: without Rust's `r#`.
fn name_of(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}

/// The type and number of elements of a field that is marked as `#[hpc(array)]`.
fn array(field: &syn::Field) -> Result<Option<(&Type, &Expr)>> {
    let mut is_array = false;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("hpc")) {
        attribute.parse_nested_meta(|meta| {
            is_array = meta.path.is_ident("array");
            if is_array { Ok(()) } else { Err(meta.error("there is only `#[hpc(array)]`")) }
        })?;
    }
    match &field.ty {
        _ if !is_array => Ok(None),
        Type::Array(array) => Ok(Some((&array.elem, &array.len))),
        other => Err(Error::new(other.span(), "write an array, such as `[f32; 8]`")),
    }
}
