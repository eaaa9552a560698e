//! Tokens that this world signs: made with a placeholder where the signature belongs, which the
//! host replaces last.

use cognitab_jose::{Jwk, Token, base64url, signing_input};
use serde_json::Value as Json;

use crate::cx::Cx;
use crate::input::{PLACEHOLDER, Signing};

/// Makes a token to be signed with this key (PKCS #8 DER) by SHA-2 of 256 or 512 bits.
pub fn mint(cx: &mut Cx<'_>, key: &[u8], bits: u16, header: &Json, claims: &Json) -> String {
    let input = signing_input(header, claims);
    // As long as a real signature of 2048 bits and never one: what measures lengths finds the
    // right one, and nothing else in an answer looks like it.
    let place = format!("{PLACEHOLDER}{}", base64url(&cx.random.bytes(249)));
    let token = format!("{input}.{place}");
    cx.signing.push(Signing { key: key.to_vec(), bits, input, place });
    token
}

/// Makes a token and signs it here and now, for where another one holds its digest. Nothing where
/// the key cannot be read.
pub fn mint_whole(key: &[u8], bits: u16, header: &Json, claims: &Json) -> Option<String> {
    let input = signing_input(header, claims);
    let signature = cognitab_jose::sign(key, bits, &input)?;
    Some(format!("{input}.{signature}"))
}

/// Whether a token's signature is right, or will be: a token minted within this very request is
/// signed with the key that it names.
pub fn verify(cx: &Cx<'_>, token: &Token, key: &Jwk) -> bool {
    let own = cx.signing.iter().find(|s| s.place == token.signature());
    match own {
        Some(signing) => {
            signing.input == token.signing_input()
                && cognitab_jose::public_jwk(&signing.key, &key.kid, &key.alg).as_ref() == Some(key)
        }
        None => token.verify(key),
    }
}
