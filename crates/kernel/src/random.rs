//! Randomness derived from the entropy of a request. The same entropy gives the same values.

use sha2::{Digest, Sha256};

const HEX: &[u8] = b"0123456789abcdef";

/// A stream of random bytes: SHA-256 of the seed and a counter.
#[derive(Clone, Debug)]
pub struct Random {
    seed: [u8; 32],
    drawn: u64,
    rest: Vec<u8>,
}

impl Random {
    /// The stream of this seed.
    pub fn new(seed: [u8; 32]) -> Random {
        Random { seed, drawn: 0, rest: Vec::new() }
    }

    /// The next bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        while self.rest.len() < count {
            let block =
                Sha256::new().chain_update(self.seed).chain_update(self.drawn.to_be_bytes());
            self.rest.extend(block.finalize());
            self.drawn += 1;
        }
        let rest = self.rest.split_off(count);
        std::mem::replace(&mut self.rest, rest)
    }

    /// Characters of an ASCII alphabet of at most 256.
    pub fn text(&mut self, alphabet: &[u8], count: usize) -> String {
        // Two bytes a character keep the bias below a thousandth.
        let pick = |pair: &[u8]| {
            let n = pair.iter().fold(0usize, |n, b| n << 8 | usize::from(*b));
            alphabet.get(n % alphabet.len().max(1)).copied().map_or(' ', char::from)
        };
        self.bytes(count * 2).chunks(2).map(pick).collect()
    }

    /// Decimal digits, as in a code sent by email.
    pub fn digits(&mut self, count: usize) -> String {
        self.text(b"0123456789", count)
    }

    /// Lower-case letters and digits.
    pub fn alphanumeric(&mut self, count: usize) -> String {
        self.text(b"abcdefghijklmnopqrstuvwxyz0123456789", count)
    }

    /// Letters of either case and digits.
    pub fn mixed(&mut self, count: usize) -> String {
        self.text(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", count)
    }

    /// Upper-case letters and the digits 2 to 7, as in AWS's key and unique ids.
    pub fn base32(&mut self, count: usize) -> String {
        self.text(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", count)
    }

    /// A UUID in lower case. Its version bits are random, as in AWS's ids.
    pub fn uuid(&mut self) -> String {
        [8, 4, 4, 4, 12].map(|n| self.text(HEX, n)).join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same() {
        let (mut a, mut b) = (Random::new([7; 32]), Random::new([7; 32]));
        assert_eq!(a.uuid(), b.uuid());
        assert_eq!(a.digits(6).len(), 6);
        assert_ne!(a.uuid(), b.uuid());
    }
}
