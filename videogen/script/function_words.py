"""Words that only join others, by language: what stands between them is what a sentence is about."""

from __future__ import annotations

from videogen.script.text import STOP_WORDS

_WORDS = {
    "en": """again due already always often usually now then very really quite simply easily however etc both each
        every several few other others another same such own onto within along around about above below between
        among because therefore thus hence whether upon until via per got let lets makes make takes take goes go
        based including unlike rather instead than well even still yet ever far since behaves was has had having
        says say means mean away back down off up out one two three first second either neither whatever
        whenever wherever himself itself themselves looks look comes come becomes become became began begin
        begins seems lot lots bit kind sort way ways thing things something anything everything nothing someone
        anyone everyone whose whom he she his her i me my us ours yours seen given known done made gives give
        keeps keep puts put called named rest know knows worth consist consists fewer less least enough a an the
        and or but nor so of to for with without in on at from by into as that which who where when while if is
        are were be been being have do does did can could may might will would shall should must not no your our
        its their this these those some any more also just only over under it you we they there's there like
        using e.g i.e vs after before during once through against across""",
    "de": """aber als am an auch aus bei beim bin bis da damit dann dass dem den denn der des dessen die dies diese
        diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwa etwas euch
        für gegen gibt hat haben hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ist ja jede jedem
        jeden jeder jedes kann kein keine keinem keinen keiner können lässt mehr mit muss müssen nach nicht noch
        nun nur ob oder ohne schon sehr sein seine seinem seinen seiner selbst sich sie sind so soll sollte
        sondern sowie über um und uns unter vom von vor war waren was weil welche wenn werden wer wie wir wird
        wo wurde wurden zu zum zur zwischen man alle allem allen aller alles viele einige beide jetzt wieder
        bereits zwei drei""",
    "fr": """à afin ainsi alors au aucun aucune aussi autre autres aux avec avoir avant c ce ceci cela celle celui
        ces cet cette ceux chaque comme comment d dans de depuis des deux dès donc dont du elle elles en encore
        entre est et être eux fait faire font grâce il ils j je jusqu l la le les leur leurs lorsque lui m mais
        permettant contenant utilisant étant ayant notamment également
        même moins n ne ni non nos notre nous on ont ou où par parce pas pendant permet permettent peu peut
        peuvent plus plusieurs pour pourquoi quand que quel quelle qui quoi s sa sans se sera ses si son sont
        sous sur t ta te tes toi ton tous tout toute toutes très trois tu un une vers vos votre vous y""",
    "es": """a al algo algún alguna algunas algunos ante antes así aunque cada como con contra cuando cual cuyo de
        del desde después donde dos durante e el ella ellas ellos en entre era es esa ese eso esta está están
        estas este esto estos fue ha hace hacer hacia han hasta hay la las le les lo los más me menos mientras
        mismo muy nada ni no nos nosotros o otra otras otro otros para pero poco por porque puede pueden que
        quien se según ser si sido sin sobre son su sus también tanto te tiene tienen toda todas todo todos tres
        tu tus u un una unas uno unos usted y ya permite""",
    "it": """a ad ai al alla alle agli altra altre altri altro anche ancora c che chi ci ciò come con contro cui d da
        dai dal dalla dalle degli dei del della delle dello di dopo dove due durante e è ed era essere fa fra
        gli ha hanno i il in invece io l la le lei li lo loro lui ma mentre molto ne negli nei nel nella nelle
        no noi nessun nessuna nessuno non o ogni per perché però più poi prima può possono qualche quando quella
        quelle quelli quello questa queste questi questo qui se sei senza si sia sono stata stato su sua sue
        sugli sui sul sulla sulle suo suoi tra tre tu tutta tutte tutti tutto un una uno vi voi permette""",
}
FUNCTION_WORDS = {name: frozenset(words.split()) for name, words in _WORDS.items()}
FUNCTION_WORDS["en"] |= STOP_WORDS - {"most"}
"""A language without any has those of three letters and fewer."""

POOR_ENDS = frozenset(
    """hundred thousand million quick easy simple fast slow new old large small big great good best bad possible
    available different similar ready current common certain important specific popular other particular general
    short long high low extra whole variety number range set amount kind list part use today now yesterday
    tomorrow sense name example examples ability addition order case cases""".split()  # noqa: SIM905
)
"""English words with which no name of a thing ends, or none that says anything."""

DETERMINERS = {
    "en": frozenset("a an the this these your our its their his her some any each every no all".split()),  # noqa: SIM905
    "fr": frozenset("le la les un une des du sa son ses ce cette ces leur leurs votre vos notre nos".split()),  # noqa: SIM905
    "es": frozenset("el la los las un una unos unas su sus este esta estos estas".split()),  # noqa: SIM905
    "it": frozenset("il lo la i gli le un una uno suo sua suoi sue questo questa".split()),  # noqa: SIM905
}
"""What a noun has before it, never right behind it."""
