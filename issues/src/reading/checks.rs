//! What the one server that we trust found out about a mail (Authentication-Results, RFC 8601 section 2.2), and whether
//! that is about the address which we take for the author.
//!
//! Comments and quoted strings are what the server was told, and may say anything. Whatever does not keep to the grammar
//! says nothing; a From that two programs could read in two ways (RFC 7489 section 6.6.1) is nobody's.

use std::iter::Peekable;
use std::str::Chars;

use super::parsed::Parsed;
use super::report::Verified;
use super::rules::Rules;

/// A method, its result, and its properties (`header.from`), all in lower case.
#[derive(Debug, PartialEq, Eq)]
struct Check {
    method: String,
    result: String,
    properties: Vec<(String, String)>,
}

/// Names and, behind `=`, their values, between two semicolons.
type Clause = Vec<(String, Option<String>)>;

impl Check {
    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.properties.iter().filter(move |(property, _)| property == name).map(|(_, value)| value.as_str())
    }
}

/// Does that server vouch for the author? DMARC decides where it has a verdict; else a signature of her domain does.
pub(super) fn verified(parsed: &Parsed, rules: &Rules) -> Verified {
    let Some(checks) = trusted(parsed, rules) else { return Verified::None };
    if let Some(verdict) = dmarc(&checks, parsed) {
        return verdict;
    }
    let Some(domain) = author_domain(parsed) else { return Verified::None };
    let passed = checks.iter().filter(|check| check.method == "dkim" && check.result == "pass");
    let mut signers = passed.flat_map(|check| check.values("header.d").chain(check.values("header.i")));
    // The part behind the last @ of an identity is its domain.
    let is_hers = |signer: &str| {
        let signer = signer.rsplit('@').next().unwrap_or(signer);
        signer.contains('.') && (signer == domain || domain.ends_with(&format!(".{signer}")))
    };
    if signers.any(is_hers) { Verified::Pass } else { Verified::None }
}

/// What the server found by DMARC, SPF and DKIM, in this order; what it says nothing about is left out. Of several
/// results of a method the best counts, as for mail that is signed twice; of DMARC, see [`dmarc`].
pub fn checks(parsed: &Parsed, rules: &Rules) -> Vec<(&'static str, Verified)> {
    let Some(checks) = trusted(parsed, rules) else { return Vec::new() };
    let of = |method: &str| {
        let outcomes =
            checks.iter().filter(|check| check.method == method).map(|check| match &*check.result {
                "pass" => Verified::Pass,
                "fail" | "softfail" | "permerror" => Verified::Fail,
                _ => Verified::None,
            });
        let outcomes: Vec<Verified> = outcomes.collect();
        [Verified::Pass, Verified::Fail, Verified::None].into_iter().find(|best| outcomes.contains(best))
    };
    let dmarc = of("dmarc").map(|_| dmarc(&checks, parsed).unwrap_or(Verified::None));
    [("DMARC", dmarc), ("SPF", of("spf")), ("DKIM", of("dkim"))]
        .into_iter()
        .filter_map(|(name, outcome)| Some((name, outcome?)))
        .collect()
}

/// The verdict of DMARC: a failure counts, a pass only if it is the only word, and about the author; `None` where there
/// is neither.
fn dmarc(checks: &[Check], parsed: &Parsed) -> Option<Verified> {
    let verdicts: Vec<&Check> = checks.iter().filter(|check| check.method == "dmarc").collect();
    if verdicts.iter().any(|check| check.result == "fail") {
        return Some(Verified::Fail);
    }
    if !verdicts.iter().any(|check| check.result == "pass") {
        return None;
    }
    let domain = author_domain(parsed);
    let about_her = |check: &&Check| {
        let mut named = check.values("header.from").map(|from| from.rsplit('@').next().unwrap_or(from));
        check.result == "pass" && domain.as_deref().is_some_and(|domain| named.all(|named| named == domain))
    };
    Some(if verdicts.iter().all(about_her) { Verified::Pass } else { Verified::None })
}

/// The checks of the topmost field of the one server that we trust: anybody can write more of them below.
fn trusted(parsed: &Parsed, rules: &Rules) -> Option<Vec<Check>> {
    let trusted = rules.authserv_id.as_deref()?;
    let is_its = |field: &&str| {
        let id = field.split([';', ' ', '\t', '(']).next().unwrap_or("");
        id.trim_matches('"').eq_ignore_ascii_case(trusted)
    };
    // One that breaks off says nothing, and no field below it speaks instead.
    let clauses = clauses(parsed.headers("Authentication-Results").find(is_its)?)?;
    let check = |clause: Clause| {
        let mut words = clause.into_iter();
        let (method, result) = words.next()?;
        Some(Check {
            // A version may follow (`dkim/1`).
            method: method.split('/').next().unwrap_or("").to_owned(),
            result: result?,
            properties: words.filter_map(|(name, value)| Some((name, value?))).collect(),
        })
    };
    Some(clauses.into_iter().skip(1).filter_map(check).collect())
}

/// The domain of the author, in ASCII, where From is one address that can be read in one way only.
fn author_domain(parsed: &Parsed) -> Option<String> {
    let address = parsed.author_address()?;
    let mut fields = parsed.headers("From");
    let (Some(field), None) = (fields.next(), fields.next()) else { return None };
    if parsed.from.len() != 1 || !is_plainly(field, &address) {
        return None;
    }
    let (_, domain) = address.split_once('@')?;
    url::Host::parse(domain).ok().map(|domain| domain.to_string())
}

/// Is this value of From one mailbox (RFC 5322 section 3.4) of this address, with nothing else that could be one?
fn is_plainly(value: &str, address: &str) -> bool {
    let Some(bare) = without_comments(value) else { return false };
    if bare.contains(|c: char| c.is_control() || matches!(c, ',' | ':' | ';')) {
        return false;
    }
    let same =
        |text: &str| text.trim().eq_ignore_ascii_case(address) || text.trim().to_lowercase() == address;
    match bare.split_once('<') {
        None => same(&bare),
        Some((name, rest)) => match rest.split_once('>') {
            Some((inner, after)) => {
                // Some programs give the address as the name too.
                let named_so = !name.contains('@') || same(name);
                same(inner) && after.trim().is_empty() && !name.contains('>') && named_so
            }
            None => false,
        },
    }
}

/// A value without its comments and quoted strings; `None` where one does not end.
fn without_comments(value: &str) -> Option<String> {
    let mut letters = value.chars().peekable();
    let mut bare = String::new();
    while let Some(letter) = letters.peek() {
        match letter {
            '(' => comment(&mut letters)?,
            '"' => drop(quoted(&mut letters)?),
            _ => bare.extend(letters.next()),
        }
    }
    Some(bare)
}

/// The clauses of a value; `None` where it breaks off.
fn clauses(value: &str) -> Option<Vec<Clause>> {
    let lower = value.to_lowercase();
    let mut letters = lower.chars().peekable();
    let mut clauses = vec![Vec::new()];
    loop {
        blank(&mut letters)?;
        match letters.peek() {
            None => return Some(clauses),
            Some(';') => {
                letters.next();
                clauses.push(Vec::new());
            }
            // Only the name of the server may be quoted.
            Some('"') if clauses.len() == 1 => drop(quoted(&mut letters)?),
            Some('"' | '=') => return None,
            Some(_) => {
                let name = word(&mut letters, &['=']);
                blank(&mut letters)?;
                let value = match letters.next_if_eq(&'=') {
                    Some(_) => Some(pvalue(&mut letters)?),
                    None => None,
                };
                clauses.last_mut()?.push((name, value));
            }
        }
    }
}

/// A token, a quoted string, or an address whose local part may be quoted.
fn pvalue(letters: &mut Peekable<Chars<'_>>) -> Option<String> {
    blank(letters)?;
    let mut value = match letters.peek() {
        Some('"') => quoted(letters)?,
        _ => String::new(),
    };
    value.push_str(&word(letters, &[]));
    Some(value)
}

fn word(letters: &mut Peekable<Chars<'_>>, ends: &[char]) -> String {
    let ends = |c: &char| c.is_whitespace() || matches!(c, ';' | '(' | '"') || ends.contains(c);
    let mut word = String::new();
    while let Some(letter) = letters.next_if(|letter| !ends(letter)) {
        word.push(letter);
    }
    word
}

/// White space and comments.
fn blank(letters: &mut Peekable<Chars<'_>>) -> Option<()> {
    while let Some(letter) = letters.peek() {
        match letter {
            '(' => comment(letters)?,
            letter if letter.is_whitespace() => drop(letters.next()),
            _ => break,
        }
    }
    Some(())
}

fn comment(letters: &mut Peekable<Chars<'_>>) -> Option<()> {
    let mut depth = 0_usize;
    loop {
        match letters.next()? {
            '\\' => drop(letters.next()?),
            '(' => depth += 1,
            ')' if depth == 1 => return Some(()),
            ')' => depth -= 1,
            _ => {}
        }
    }
}

fn quoted(letters: &mut Peekable<Chars<'_>>) -> Option<String> {
    letters.next();
    let mut inside = String::new();
    loop {
        match letters.next()? {
            '"' => return Some(inside),
            '\\' => inside.push(letters.next()?),
            letter => inside.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::testing::message;

    fn rules() -> Rules {
        Rules { authserv_id: Some("mx.salas.example".into()), ..Rules::default() }
    }

    fn of(from: &str, results: &str) -> Verified {
        let headers = format!("From: {from}\nAuthentication-Results: mx.salas.example{results}\n");
        verified(&message(&headers, "Talka"), &rules())
    }

    #[test]
    fn only_the_topmost_field_of_the_trusted_server_vouches() {
        for (headers, want) in [
            ("Authentication-Results: mx.salas.example; dmarc=pass\n", Verified::Pass),
            ("Authentication-Results: other.example; dmarc=pass\n", Verified::None),
            (
                "Authentication-Results: mx.salas.example; dmarc=fail\nAuthentication-Results: mx.salas.example; dmarc=pass\n",
                Verified::Fail,
            ),
            ("Authentication-Results: mx.salas.example; dkim=pass header.d=ciems.example\n", Verified::Pass),
            ("Authentication-Results: mx.salas.example; dkim=pass header.d=evil.example\n", Verified::None),
        ] {
            let parsed = message(&format!("From: a@ciems.example\n{headers}"), "");
            assert_eq!(verified(&parsed, &rules()), want, "{headers}");
            let broken = format!("Authentication-Results: mx.salas.example; spf=pass (x\n{headers}");
            let parsed = message(&format!("From: a@ciems.example\n{broken}"), "");
            assert_eq!(verified(&parsed, &rules()), Verified::None, "{broken}");
        }
    }

    #[test]
    fn honest_servers_are_understood() {
        for results in [
            "; dmarc=pass header.from=ciems.example",
            " 1; dmarc=pass (p=none dis=none) header.from=Ciems.Example",
            "; dmarc=pass(p=none) header.from=ciems.example",
            "; dmarc = pass",
            "; dkim=pass (2048-bit key; unprotected) header.d=ciems.example header.b=\"aB/c+d==\"",
            "; dkim/1=pass header.d=\"ciems.example\" header.b=aB/c+d==",
            "; dkim=pass header.i=@ciems.example",
            "; spf=pass smtp.mailfrom=x@evil.example; dkim=fail header.d=other.example; dkim=pass header.d=ciems.example",
        ] {
            for from in ["Anna <anna@sub.ciems.example>", "anna@ciems.example"] {
                let passes = from.contains("@ciems") || !results.contains("header.from");
                let want = if passes { Verified::Pass } else { Verified::None };
                assert_eq!(of(from, results), want, "{from}{results}");
            }
        }
    }

    #[test]
    fn what_others_wrote_into_the_field_says_nothing() {
        for results in [
            "; dmarc=pass header.from=evil.example",
            "; dmarc=pass header.from=ciems.example; dmarc=none header.from=evil.example",
            "; dmarc=pass header.from=ciems.example header.from=evil.example",
            "; spf=pass smtp.mailfrom=\"x; dmarc=pass y\"@evil.example; dmarc=none header.from=ciems.example",
            "; dkim=pass (x; dkim=pass header.d=ciems.example ) header.d=evil.example",
            "; dkim=none (y\\) ; dkim=pass header.d=ciems.example ) header.d=evil.example",
            "; dkim=pass header.d=example",
            "; dkim=pass header.d=s.example",
            "; none",
            " (; dmarc=pass",
            "; spf=pass smtp.mailfrom=\"x; dmarc=pass",
            "",
        ] {
            assert_eq!(of("anna@ciems.example", results), Verified::None, "{results}");
        }
    }

    #[test]
    fn a_from_that_can_be_read_twice_is_nobodys() {
        let hers = |from: &str| is_plainly(from, "anna@ciems.example");
        for from in [
            "Anna <anna@ciems.example>",
            "anna@ciems.example",
            "anna@ciems.example (Anna)",
            "\"Anna, <b@evil.example>\" <anna@ciems.example>",
            "anna@ciems.example <anna@ciems.example>",
            "Anna (bibliotēka) <Anna@Ciems.Example>",
        ] {
            assert!(hers(from), "{from}");
        }
        for from in [
            "a@evil.example (<anna@ciems.example>)",
            "<anna@ciems.example>@evil.example",
            "a@evil.example <anna@ciems.example>",
            "a@evil.example anna@ciems.example",
            "anna@ciems.example, b@evil.example",
            "g: anna@ciems.example;",
            "<a@evil.example> <anna@ciems.example>",
            "Anna (<anna@ciems.example>",
            "",
        ] {
            assert!(!hers(from), "{from}");
        }
        let pass = "; dmarc=pass header.from=ciems.example";
        assert_eq!(of("anna@ciems.example", pass), Verified::Pass);
        assert_eq!(of("anna@ciems.example\nFrom: b@evil.example", pass), Verified::None);
    }

    #[test]
    fn each_check_of_the_trusted_server_is_named() {
        let found = |header: &str| checks(&message(header, "Talka"), &rules());
        let header = "Authentication-Results: mx.salas.example; dkim=fail header.d=a; dkim=pass header.d=b; \
             spf=softfail; dmarc=none\n";
        let want = [("DMARC", Verified::None), ("SPF", Verified::Fail), ("DKIM", Verified::Pass)];
        assert_eq!(found(header), want);
        assert_eq!(found("Authentication-Results: other.example; dmarc=pass\n"), []);
    }
}
