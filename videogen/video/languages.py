"""Language tags of MP4 tracks: ISO 639-2/T, three letters, as ISO/IEC 14496-12 (media header) wants them."""

from __future__ import annotations

# ISO 639-1 code followed by its ISO 639-2/T code, one language a word
_CODES = """
    aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bhbih bibis bmbam
    bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan dedeu dvdiv dzdzo eeewe
    elell eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra fyfry gagle gdgla glglg gngrn guguj
    gvglv hahau heheb hihin hohmo hrhrv hthat huhun hyhye hzher iaina idind ieile igibo iiiii ikipk ioido isisl
    itita iuiku jajpn jvjav kakat kgkon kikik kjkua kkkaz klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor
    kykir lalat lbltz lglug lilim lnlin lolao ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa
    mtmlt mymya nanau nbnob ndnde nenep ngndo nlnld nnnno nonor nrnbl nvnav nynya ococi ojoji omorm orori ososs
    papan pipli plpol pspus ptpor quque rmroh rnrun roron rurus rwkin sasan scsrd sdsnd sesme sgsag sisin skslk
    slslv smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir tktuk tltgl
    tntsn toton trtur tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol wawln wowol xhxho yiyid
    yoyor zazha zhzho zuzul"""
_TERMINOLOGY: dict[str, str] = {word[:2]: word[2:] for word in _CODES.split()}


def three_letters(language: str) -> str:
    """The ISO 639-2/T code of a BCP 47 tag; `und` (undetermined) when the standard has none.

    >>> three_letters("pt-BR"), three_letters("deu"), three_letters("xx")
    ('por', 'deu', 'und')
    """
    primary = language.split("-")[0].lower()
    if len(primary) == 3:
        return primary
    return _TERMINOLOGY.get(primary, "und")
