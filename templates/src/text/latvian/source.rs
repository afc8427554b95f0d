use subscribers::Source;

use crate::text::words::source::SourceWords;

pub(super) const SOURCE: SourceWords = SourceWords {
    why: |source, day| match source {
        Source::Own => format!("{day} pieteicāties"),
        Source::Editor => format!("{day} redakcija Jūs pieteica"),
        Source::List => format!("{day} Jūs no agrākā saraksta pievienojām"),
    },
    welcome_subject: |name| format!("Jums turpmāk pienāks “{}”", name.nominative),
    welcome_preview: "Redakcija pievienoja Jūs lasītājiem. Atteikties var ar vienu klikšķi.",
    welcome_added: |name, editor| match editor {
        Some(editor) => format!("{editor} no “{}” redakcijas pievienoja Jūs lasītājiem.", name.genitive),
        None => format!("“{}” redakcija pievienoja Jūs lasītājiem.", name.genitive),
    },
    welcome_consent: "Par Jūsu piekrišanu redakcija pierakstīja:",
    welcome_leave: "Ja tā nav vai vēstules nevēlaties, atsakieties – vairs Jums nerakstīsim.",
    channel: |channel| match channel {
        "form" => Some("ar veidlapu"),
        "mail" => Some("pa e-pastu"),
        "link" => Some("ar saiti no vēstules"),
        "one-click" => Some("ar pogu pasta programmā"),
        "page" => Some("iestatījumu lapā"),
        "desk" | "editor" => Some("redakcijā"),
        "command" => Some("komandrindā"),
        "import" => Some("no saraksta"),
        "hard_bounce" => Some("adrese neeksistē"),
        "refused" => Some("pasta serveris adresi nepieņem"),
        "complaint" => Some("saņēmējs vēstuli atzīmēja kā mēstuli"),
        "erased" => Some("lūgums dzēst visu"),
        _ => None,
    },
    stopped: |by, when| format!("Sūtīt pārtrauca {by}, {when}. Atsaucot viss būs tāpat kā pirms tam."),
    stop_undone: "Atsaukts. Šim lasītājam viss ir tāpat kā iepriekš.",
    stop_stays: "Lasītājs pa to laiku ir atteicies pats, šai adresei vairs nedrīkst sūtīt vai kāds to jau atsauca.",
};
