use super::to_text;

fn check(html: &str, want: &str) {
    assert_eq!(to_text(html).text, want, "{html}");
}

#[test]
fn paragraphs_lines_and_lists_keep_their_shape() {
    check(
        "<p>Sveiki &amp; <b>labdien</b><br>rinda</p><script>x<y</script><style>p{}</style><p>Divi",
        "Sveiki & labdien\nrinda\n\nDivi",
    );
    check("<div>viens</div><div><br></div><div>divi</div>", "viens\n\ndivi");
    check("a<ul><li>b<li>c</ul>d", "a\n- b\n- c\n\nd");
    check("<ol><li>b</li><li>c</li></ol>", "1. b\n2. c");
    check(
        "<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal>b<o:p></o:p></p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>c</p>",
        "a\nb\n\nc",
    );
    check("<!--[if mso]><p>x</p><![endif]--><p>y</p>", "y");
    check("1 < 2 <3", "1 < 2 <3");
}

#[test]
fn tables_of_facts_become_lines_and_tables_of_layout_do_not() {
    check(
        "<table><tr><td><p>8.03.</p></td><td>17:00</td><td>Koncerts</td></tr><tr><td>9.03.<td>18:00<td>Talka</table>",
        "8.03. | 17:00 | Koncerts\n9.03. | 18:00 | Talka",
    );
    check("<table><tr><td><p>a</p><p>b</p></td><td><img src=x></td></tr></table>z", "a\n\nb\n\nz");
    check("<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>", "x");
}

#[test]
fn quotations_and_signatures_are_marked() {
    check("<div>Jā</div><blockquote class=\"gmail_quote\">Vai?<br>Nu</blockquote>", "Jā\n> Vai?\n> Nu");
    check("a<blockquote type=cite>b<blockquote type=cite>c</blockquote></blockquote>", "a\n> b\n>> c");
    check("<blockquote style=\"margin:0 0 0 40px;border:none\">savs</blockquote>", "savs");
    check("teksts<div class=gmail_signature>Anna</div>", "teksts\n-- \nAnna");
}

#[test]
fn links_show_where_they_lead() {
    check("<a href='https://x.example/a?utm_source=b'>saite</a>", "saite (https://x.example/a)");
    check("<a href='https://x.example/'>x.example</a> <a href='mailto:a@b'>a@b</a>", "x.example a@b");
    check("<a href='javascript:x'>y</a>", "y");
    check(
        "<a href='https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%2F&data=1'>šeit</a>",
        "šeit (https://x.example/)",
    );
}

#[test]
fn no_nesting_and_no_damage_is_too_much() {
    for piece in [
        "<div class=x>",
        "<table><tr><td>",
        "<blockquote>",
        "<",
        "<a href=",
        "<p",
        "</td>",
        "</blockquote>",
        "<ul><li>",
        "<!--",
    ] {
        let _ = to_text(&piece.repeat(20_000));
    }
}
