"""Separates an article from what its site puts around it: menus, forms, feeds, cookie notices."""

import re
from dataclasses import dataclass, field

from exchange.captures.dates import MONTH
from exchange.captures.footer import Footer, find_footer, footer_label
from exchange.captures.text import BULLET, Line, fold, has_words

_COOKIE = re.compile(r"\bcookies?\b|\btraceurs?\b")
_COOKIE_NOTICE = re.compile(
    r"\b(?:ce|notre|nos|du) sites?\b|navigation|navigateur|consent|audience|accept|parametr"
    r"|preferences|(?:gestion|politique|utilisation) (?:des|de|en matiere de)\b|gerer|deposons"
    r"|(?:votre|meilleure|l) experience|nous utilisons|optimiser"
)
# What may head a notice: only whole labels, for what is above it may be the end of the article.
_NOTICE_TITLE = re.compile(
    r"(?:nous respectons )?(?:votre|vos) (?:vie privee|donnees(?: personnelles)?|preferences)"
    r"|gestion (?:des cookies|du consentement|de vos preferences)"
)
_CONSENT = re.compile(
    r"(?:tout )?(?:accepter|refuser|autoriser|interdire)(?: (?:tout|et .{1,30}|les .{1,30}))?|ok"
    r"|j accepte|je refuse|non merci|personnaliser|parametrer|en savoir plus|plus d informations?"
    r"|continuer sans accepter|(?:gerer|voir) (?:les|mes|vos) (?:preferences|choix)|fermer"
    r"|politique de confidentialite|.*\b(?:votre consentement|vos preferences|vie privee"
    r"|a tout moment|donnees personnelles|navigation sur (?:ce|notre) site|ce bandeau)\b.*"
)
_NETWORKS = "facebook|twitter|x|linkedin|instagram|youtube|whatsapp|mastodon|bluesky|pinterest"
_BARE = re.compile(
    rf"espace (?:membre|adherent|personnel|prive|pro)s?|forum|se connecter|connexion|deconnexion"
    rf"|s identifier|(?:mon|creer un) compte|s inscrire|partager(?: (?:cet article|cette page|"
    rf"(?:sur|par|via) .{{1,30}}))?|imprimer(?: (?:cet article|la page|cette page))?|print"
    rf"|envoyer (?:par e ?mail|par courriel|a un ami)|version imprimable|haut de page|remonter"
    rf"|retour(?: (?:en haut|a l accueil|a la liste|au sommaire)(?: .{{1,20}})?)?|accueil|menu"
    rf"|aller au (?:contenu|menu)(?: principal)?|mentions legales|plan du site|credits|flux rss|rss"
    rf"|politique de confidentialite|gestion des cookies|tous droits reserves|nous contacter"
    rf"|contactez nous|contact|(?:article )?(?:suivant|precedent)|j aime|vous etes ici"
    rf"|repost(?:er)?(?: 0)?|(?:previous|next) post|suivez moi"
    rf"|(?:site )?(?:realise|cree|propulse|heberge|developpe|powered) (?:par|avec|by|sur) .{{2,40}}"
    rf"|(?:(?:{_NETWORKS}|e ?mail|imprimer|partager) ){{1,6}}(?:{_NETWORKS}|e ?mail|imprimer)"
)
_MENU = re.compile(
    r"agenda|actualites|galerie(?: photos?)?|albums?(?: photos?)?|livre d or|sondages?"
    r"|meteo|annuaire|boutique|a propos|qui sommes nous|liens|visiteurs|compteur|calendrier"
)
_FORM = re.compile(
    r"reagir|(?:laisser|ajouter|poster|ecrire|publier|deposer) un commentaire|captcha"
    r"|(?:(?:\d+|aucun|vos|les) )?commentaires?(?: \d+)?|laisser une reponse|votre commentaire"
    r"|newsletter|recherche|rechercher(?: (?:sur|dans) .{1,30})?|lettre d information"
    r"|mot de passe oublie"
    r"|(?:inscription a|s inscrire a|abonnez vous a|s abonner a|recevoir) (?:la|notre) (?:newsletter|lettre.*)"
    r"|abonnez vous|inscrivez vous|identifiez vous|annuler la reponse|voir les commentaires"
    r"|commenter(?: cet article)?"
)
_LIST = re.compile(
    r"(?:articles|messages|commentaires|billets) (?:recents|similaires)|archives|meta"
    r"|derniers (?:articles|commentaires|messages|billets)|navigation(?: des articles)?"
    r"|(?:dans la meme|rubriques?).{0,20}|sur le meme theme|vous aimerez aussi"
)
_FEED = re.compile(
    rf"(?:page |fil |suivez nous sur |sur |notre |fil d actualite )?(?:{_NETWORKS})|suivez nous"
    r"|(?:derniers |nos )?tweets(?: de .{1,30})?|fil d actualites?"
)
# Words that also name the subject of an article: alone at the top, they are its title.
_AMBIGUOUS = re.compile(rf"forum|newsletter|commentaires?|contact|recherche|credits|{_NETWORKS}")
_KINDS = {"bare": _BARE, "form": _FORM, "feed": _FEED, "list": _LIST, "menu": _MENU}
_SHARE = re.compile(
    rf"(?:partager|imprimer|envoyer (?:par|a un ami)|version imprimable|j aime)(?: .{{1,30}})?"
    rf"|(?:{_NETWORKS})(?: (?:{_NETWORKS}|e ?mail|imprimer|partager))*"
)
_BREADCRUMB = re.compile(r"(?:Accueil|Home|Vous êtes ici)\s*[>›»/:|].+", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)\s|copyright\b", re.IGNORECASE)

_FIELD = re.compile(
    r"(?:votre |adresse )?(?:nom|prenom|pseudo|e ?mail|courriel|adresse(?: e ?mail)?|site(?: web)?"
    r"|message|commentaire|identifiant|mot de passe|nom d utilisateur)(?: obligatoire)?"
    r"|\d{1,3}|apercu|rafraichir"
    r"|envoyer|valider|publier|ok|go|chercher|je m (?:inscris|abonne)|repondre|connexion"
)
_PHRASE = re.compile(
    r"champs? obligatoires?|sera pas publiee|recopiez|saisi(?:r|ssez)|inscrivez vous|abonnez vous"
    r"|(?:entrez|indiquez|renseignez) votre|mot de passe|se souvenir de moi|anti ?spam|connectez"
    r"|doit etre connecte|devez etre connecte|pas un robot|enregistrer mon|prevenez moi|robots"
    r"|adblock|captchas?\b|premier a commenter|poster un commentaire|etre informe des derniers"
)
_POSTED = re.compile(
    rf"(?:le )?\d{{1,2}}(?:[/.]\d{{1,2}}[/.]\d{{2,4}}|\s{MONTH}(?: \d{{4}})?)(?: à \d.*)?"
    r"|@\w+.*|(?:il y a )?\d+ ?(?:j|h|min|jours?"
    r"|heures?|mois|semaines?)|.*https?://t\.co/.*|.*pic\.twitter\.com.*|RT @.*|Répondre"
    r"|.{1,60} (?:a dit|a écrit|dit) ?:?"
    r"|(?:\d{1,3}\. )?\S{1,30}(?: \S{1,30}){0,2},? le \d{1,2}/\d{1,2}/\d{4}(?: .{1,20})?",
    re.IGNORECASE,
)
_MAX_BELOW = 80  # lines under one label: a longer feed is not one


@dataclass
class Edges:
    """The article's own lines, what was left out around them, and the footer, if any."""

    lines: list[Line]
    footer: Footer | None = None
    top: list[Line] = field(default_factory=list)
    bottom: list[list[Line]] = field(default_factory=list)


def strip_edges(lines: list[Line]) -> Edges:
    """Separate the article from its footer and its site's furniture, in whatever order they are."""
    edges = Edges(list(lines))
    _strip_top(edges)
    while _strip_cookies(edges) or _strip_furniture(edges) or _strip_footer(edges):
        pass
    return edges


def _is_cookie_notice(text: str) -> bool:
    folded = fold(text) if len(text) <= 600 else ""
    return bool(_COOKIE.search(folded) and _COOKIE_NOTICE.search(folded))


def furniture_kind(text: str) -> str:
    """Return the kind of a line that is exactly a label of a site, or "".

    It is "bare" for a link, "form", "feed", "list" for a list of other articles, or "menu" for a
    word that may also head real text.
    """
    if len(text) > 120:
        return ""
    if _COPYRIGHT.match(text):
        return "bare"
    folded = fold(BULLET.sub("", text, count=1))
    for kind, pattern in _KINDS.items():
        if pattern.fullmatch(folded):
            return kind
    parts = [fold(part) for part in re.split(r"\s[|•·/>–-]\s", text)]
    row = len(parts) > 1 and all(_BARE.fullmatch(part) or _FORM.fullmatch(part) for part in parts)
    return "bare" if row else ""


def is_network(text: str) -> bool:
    """Tell whether a line is only the name of a social network."""
    return re.fullmatch(_NETWORKS, fold(text)) is not None


def is_share_link(text: str) -> bool:
    """Tell whether a line is one of the links by which a site has its articles shared."""
    return bool(furniture_kind(text)) and _SHARE.fullmatch(fold(text)) is not None


def _strip_top(edges: Edges) -> None:
    """Leave out the menus, breadcrumbs and notices above the title."""
    count, certain = 0, False
    for line in edges.lines:
        sure = bool(_BREADCRUMB.fullmatch(line.text)) or _is_cookie_notice(line.text)
        consent = certain and _CONSENT.fullmatch(fold(line.text))
        kind = furniture_kind(line.text)
        if not (sure or consent or kind or not has_words(line.text)):
            break
        label = kind in ("bare", "form") and not _AMBIGUOUS.fullmatch(fold(line.text))
        certain = certain or sure or label
        count += 1
    if certain or count > 1:
        edges.top = edges.lines[:count]
        del edges.lines[:count]


def _cut(edges: Edges, start: int) -> None:
    """Leave out the lines from `start` on."""
    edges.bottom.insert(0, edges.lines[start:])
    del edges.lines[start:]


def _strip_cookies(edges: Edges) -> bool:
    """Leave out a cookie notice, with its buttons, that ends the text."""
    start = index = len(edges.lines)
    while index:
        index -= 1
        text = edges.lines[index].text
        if _is_cookie_notice(text):
            start = index
        elif has_words(text) and not _CONSENT.fullmatch(fold(text[:300])):
            break
    if start == len(edges.lines):
        return False
    while start and _NOTICE_TITLE.fullmatch(fold(edges.lines[start - 1].text[:80])):
        start -= 1
    _cut(edges, start)
    return True


def _strip_furniture(edges: Edges) -> bool:
    """Leave out the labels of the site that end the text, with what is below each of them."""
    start, pending = len(edges.lines), []
    for index in range(len(edges.lines) - 1, -1, -1):
        text = edges.lines[index].text
        if footer_label(text)[0] or start - index > _MAX_BELOW:
            break
        if furniture_kind(text) and _belongs(text, pending, _is_inside(edges.lines, index, start)):
            start, pending = index, []
        elif has_words(text):
            pending.insert(0, edges.lines[index])
    if start == len(edges.lines):
        return False
    _cut(edges, start)
    return True


def _is_inside(lines: list[Line], index: int, start: int) -> bool:
    """Tell whether furniture stands right above a line or is known to begin below it."""
    return start < len(lines) or (index > 0 and furniture_kind(lines[index - 1].text) != "")


def _belongs(label: str, below: list[Line], inside: bool) -> bool:
    """Tell whether the lines below a label are of the site.

    Args:
        label: the label's line.
        below: the lines under it, up to the next label.
        inside: whether there is other furniture around them.
    """
    others = [line for line in below if not _is_form_line(line.text)]
    if not others:
        return True
    kind = furniture_kind(label)
    # What is below «Contact» or «Agenda» may be worth keeping.
    narrow = inside and kind != "menu" and "contact" not in fold(label)
    if narrow and len(others) <= 2 and all(_is_stray(line.text) for line in others):
        return True
    if kind == "list" and inside and len(others) <= 15:
        return all(len(line.text) <= 100 and line.text[-1] != "." for line in others)
    # A list with bullets is no thread of messages, whatever it says.
    if kind in ("bare", "menu", "list") or any(BULLET.match(line.text) for line in others):
        return False
    posted = [index for index, line in enumerate(below) if _POSTED.fullmatch(line.text)]
    short = all(len(line.text) <= 500 for line in below)
    return bool(posted) and short and len(below) - posted[-1] <= 3


def _is_form_line(text: str) -> bool:
    """Tell whether a line is a field, a button or an instruction of a form."""
    folded = fold(BULLET.sub("", text, count=1)[:200])
    return bool(_FIELD.fullmatch(folded) or (len(text) <= 200 and _PHRASE.search(folded)))


def _is_stray(text: str) -> bool:
    """Tell whether a line between two labels is a label nobody listed, and not a sentence."""
    return len(text) <= 25 and not BULLET.match(text) and re.search(r"[\d@.:;,!?]", text) is None


def _strip_footer(edges: Edges) -> bool:
    """Take the footer away from the end of the lines; there is only one."""
    footer = None if edges.footer else find_footer(edges.lines)
    if not footer:
        return False
    edges.footer = footer
    del edges.lines[footer.start :]
    return True
