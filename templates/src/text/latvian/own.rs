use crate::text::date::capital;
use crate::text::words::own::Own;

pub(super) const OWN: Own = Own {
    title: "Jūsu dati un adrese",
    how: "Apskatīt savus datus, mainīt adresi un visu izdzēst varat tikai Jūs. Numurus mēdz pārsūtīt, un līdz ar tiem arī šīs \
          lapas saiti, tāpēc vispirms aizsūtīsim vēstuli uz Jūsu adresi. Tajā būs saite, kas der 24 stundas.",
    button: |masked| format!("Sūtīt saiti uz {masked}"),
    said_sent: |masked| {
        format!(
            "Vēstule ir ceļā uz {masked}. Tajā ir saite, kas der 24 stundas. Ja vēstules nav, ieskatieties mēstuļu mapē."
        )
    },
    said_not: "Uz šo adresi vēstules vairs nesūtām. Lūdzu, uzrakstiet mums:",
    mail_subject: "Saite uz Jūsu datiem",
    mail_preview: "Ar to 24 stundas varat apskatīt savus datus, mainīt adresi un visu izdzēst.",
    mail_asked: |when, name| {
        format!(
            "{} kāds\u{a0}– cerams, Jūs\u{a0}– “{}” iestatījumu lapā lūdza saiti, ar kuru apskatīt Jūsu datus, mainīt \
             adresi vai visu izdzēst.",
            capital(when),
            name.genitive
        )
    },
    mail_button: "Atvērt manus datus",
    mail_valid: "Saite der 24 stundas. Lūdzu, nepārsūtiet to nevienam.",
    mail_ignore: "Ja to nelūdzāt, šo vēstuli varat neņemt vērā. Bez šīs saites neviens neko neredzēs un nemainīs.",
};
