//! Signed names for what leaves the house: links, reply addresses and return paths.
//!
//! A token says what it may be used for, which row it means and until when, and cannot be forged. It is made of
//! lower-case letters and digits only, so that it survives mail systems that change case and people who copy it
//! by hand, and fits into a local part of 64 octets.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::{Encoding, Specification};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Version of the layout below, the upper half of the first octet.
const VERSION: u8 = 1;
/// Octets of the MAC that are kept: 96 bits make guessing hopeless.
const MAC_OCTETS: usize = 12;
/// version and purpose, expiry day (2), id (8), MAC
const TOKEN_OCTETS: usize = 1 + 2 + 8 + MAC_OCTETS;
/// Letters of a token in its text form, always.
const TOKEN_LETTERS: usize = (TOKEN_OCTETS * 8).div_ceil(5);

/// What a token may be used for. A token of one purpose is no token at all for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Return path of a delivery or a single mail; names the outbox row.
    Bounce,
    /// Reply address of a bulletin; names the delivery.
    Reply,
    /// One-click leaving; names the subscription.
    Leave,
    /// Confirming a subscription; names the subscription.
    Confirm,
    /// Reply address of a mail to a contributor; names the item.
    Item,
    /// An editor's decision on an item; names the item.
    Decide,
    /// Reply address of an answer to a letter; names the letter.
    Letter,
    /// One-click leaving of the contributors' reminder; names the contributor.
    Reminder,
    /// The contributor's own page on her item; names the item.
    Contribution,
    /// A reader's preferences; names the subscription.
    Preferences,
    /// Signing in at the desk, once; names the request.
    SignIn,
    /// What a form of the desk was shown to; names the session.
    Form,
    /// Confirming a new address of a reader; names the wish to change it.
    Address,
    /// What only the reader herself may: see her data, move, have herself erased; names the mail that brought it.
    Own,
}

/// How long a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenLife {
    Forever,
    /// The last day, in UTC, on which the token is accepted.
    Until(NaiveDate),
}

/// The installation's secret, from which all tokens are signed. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

/// Why a text is not a token. Callers answer all three alike unless they may tell the person that a link is old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidToken {
    #[error("this is not a link of ours")]
    Forged,
    #[error("this link is for something else")]
    OtherPurpose,
    #[error("this link has expired")]
    Expired,
}

/// A token as it stands in a link or an address.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Purpose {
    pub const ALL: [Purpose; 14] = [
        Purpose::Bounce,
        Purpose::Reply,
        Purpose::Leave,
        Purpose::Confirm,
        Purpose::Item,
        Purpose::Decide,
        Purpose::Letter,
        Purpose::Reminder,
        Purpose::Contribution,
        Purpose::Preferences,
        Purpose::SignIn,
        Purpose::Form,
        Purpose::Address,
        Purpose::Own,
    ];

    fn code(self) -> u8 {
        match self {
            Purpose::Bounce => 1,
            Purpose::Reply => 2,
            Purpose::Leave => 3,
            Purpose::Confirm => 4,
            Purpose::Item => 5,
            Purpose::Decide => 6,
            Purpose::Letter => 7,
            Purpose::Reminder => 8,
            Purpose::Contribution => 9,
            Purpose::Preferences => 10,
            Purpose::SignIn => 11,
            Purpose::Form => 12,
            Purpose::Address => 13,
            Purpose::Own => 14,
        }
    }

    /// The letter that stands before the token in an address: `info+r.TOKEN@`.
    pub fn letter(self) -> char {
        match self {
            Purpose::Bounce => 'b',
            Purpose::Reply => 'r',
            Purpose::Leave => 'u',
            Purpose::Confirm => 'c',
            Purpose::Item => 'i',
            Purpose::Decide => 'd',
            Purpose::Letter => 'l',
            Purpose::Reminder => 'm',
            Purpose::Contribution => 'w',
            Purpose::Preferences => 'p',
            Purpose::SignIn => 's',
            Purpose::Form => 'f',
            Purpose::Address => 'a',
            Purpose::Own => 'o',
        }
    }
}

impl Secret {
    /// At least 32 octets of real randomness.
    pub fn new(octets: Vec<u8>) -> Option<Self> {
        (octets.len() >= 32).then_some(Self(octets))
    }

    /// Signs a token for the row `id`.
    pub fn token(&self, purpose: Purpose, id: i64, life: TokenLife) -> Token {
        let mut octets = Vec::with_capacity(TOKEN_OCTETS);
        octets.push(VERSION << 4 | purpose.code());
        octets.extend_from_slice(&expiry_day(life).to_be_bytes());
        octets.extend_from_slice(&id.to_be_bytes());
        let mac = self.mac(&octets);
        octets.extend_from_slice(&mac);
        Token(alphabet().encode(&octets))
    }

    /// Reads a token and checks signature, purpose and life; gives the row's id.
    ///
    /// # Errors
    /// See [`InvalidToken`].
    pub fn open(&self, text: &str, purpose: Purpose, now: DateTime<Utc>) -> Result<i64, InvalidToken> {
        let (found, id, day) = self.parts(text)?;
        if found != purpose.code() {
            return Err(InvalidToken::OtherPurpose);
        }
        if day != 0 && now.date_naive() > last_day(day) {
            return Err(InvalidToken::Expired);
        }
        Ok(id)
    }

    fn parts(&self, text: &str) -> Result<(u8, i64, u16), InvalidToken> {
        let text = text.trim().to_ascii_lowercase();
        if text.len() != TOKEN_LETTERS {
            return Err(InvalidToken::Forged);
        }
        let octets = alphabet().decode(text.as_bytes()).map_err(|_| InvalidToken::Forged)?;
        let (signed, mac) = octets.split_at_checked(TOKEN_OCTETS - MAC_OCTETS).ok_or(InvalidToken::Forged)?;
        if !bool::from(subtle::ConstantTimeEq::ct_eq(self.mac(signed).as_slice(), mac))
            || signed[0] >> 4 != VERSION
        {
            return Err(InvalidToken::Forged);
        }
        let mut id = [0; 8];
        id.copy_from_slice(&signed[3..11]);
        Ok((signed[0] & 0x0f, i64::from_be_bytes(id), u16::from_be_bytes([signed[1], signed[2]])))
    }

    fn mac(&self, signed: &[u8]) -> [u8; MAC_OCTETS] {
        let mut hmac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        hmac.update(b"zinas/1");
        hmac.update(signed);
        let mut mac = [0; MAC_OCTETS];
        mac.copy_from_slice(&hmac.finalize().into_bytes()[..MAC_OCTETS]);
        mac
    }
}

impl Token {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag for an address of this purpose: `r.TOKEN`.
    pub fn tag(&self, purpose: Purpose) -> String {
        format!("{}.{}", purpose.letter(), self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// RFC 4648 section 6 in lower case, without padding.
fn alphabet() -> Encoding {
    let mut specification = Specification::new();
    specification.symbols.push_str("abcdefghijklmnopqrstuvwxyz234567");
    specification.encoding().expect("the alphabet has 32 different letters")
}

/// Days since this date, counting from 1, are the expiry; 0 means never.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date of the calendar")
}

fn expiry_day(life: TokenLife) -> u16 {
    match life {
        TokenLife::Forever => 0,
        // A date before 2020 is long past and one after 2199 as good as the last that fits.
        TokenLife::Until(date) => {
            u16::try_from((date - first_day()).num_days().clamp(1, i64::from(u16::MAX))).unwrap_or(u16::MAX)
        }
    }
}

fn last_day(day: u16) -> NaiveDate {
    first_day() + chrono::Days::new(u64::from(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn secret() -> Secret {
        Secret::new(vec![7; 32]).unwrap()
    }

    #[test]
    fn a_token_opens_for_its_purpose_only() {
        for purpose in Purpose::ALL {
            let token = secret().token(purpose, -42, TokenLife::Forever);
            for other in Purpose::ALL {
                let expected = if other == purpose { Ok(-42) } else { Err(InvalidToken::OtherPurpose) };
                assert_eq!(secret().open(token.as_str(), other, at("2199-01-01T00:00:00Z")), expected);
            }
        }
    }

    #[test]
    fn a_token_survives_mail_systems_that_shout() {
        let token = secret().token(Purpose::Reply, i64::MAX, TokenLife::Forever);
        let shouted = token.as_str().to_uppercase();
        assert_eq!(secret().open(&shouted, Purpose::Reply, at("2026-01-01T00:00:00Z")), Ok(i64::MAX));
        assert!(format!("info+{}", token.tag(Purpose::Reply)).len() <= 64);
    }

    #[test]
    fn an_expired_token_says_so_and_only_after_its_day() {
        let life = TokenLife::Until(NaiveDate::from_ymd_opt(2026, 12, 1).unwrap());
        let token = secret().token(Purpose::Confirm, 5, life);
        assert_eq!(secret().open(token.as_str(), Purpose::Confirm, at("2026-12-01T23:59:59Z")), Ok(5));
        let late = secret().open(token.as_str(), Purpose::Confirm, at("2026-12-02T00:00:00Z"));
        assert_eq!(late, Err(InvalidToken::Expired));
    }

    #[test]
    fn no_changed_letter_and_no_other_secret_opens_a_token() {
        let token = secret().token(Purpose::Leave, 99, TokenLife::Forever);
        let now = at("2026-01-01T00:00:00Z");
        for place in 0..token.as_str().len() {
            let mut letters: Vec<char> = token.as_str().chars().collect();
            letters[place] = if letters[place] == 'a' { 'b' } else { 'a' };
            let changed: String = letters.into_iter().collect();
            assert_eq!(
                secret().open(&changed, Purpose::Leave, now),
                Err(InvalidToken::Forged),
                "letter {place}"
            );
        }
        let other = Secret::new(vec![8; 32]).unwrap();
        assert_eq!(other.open(token.as_str(), Purpose::Leave, now), Err(InvalidToken::Forged));
        assert_eq!(secret().open("", Purpose::Leave, now), Err(InvalidToken::Forged));
    }
}
