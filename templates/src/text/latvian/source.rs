use subscribers::Source;

use crate::text::words::source::SourceWords;

pub(super) const SOURCE: SourceWords = SourceWords {
    why: |source, day| match source {
        Source::Own => format!("{day} pieteicāties"),
        Source::Editor => format!("{day} redakcija Jūs pieteica"),
        Source::List => format!("{day} Jūs no agrākā saraksta pievienojām"),
    },
};
