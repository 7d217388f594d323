"""With which words a workspace begins: by cause, German and English, as customers write them."""

PEOPLE = """
Personal Mitarbeiter Mitarbeiterin Zugbegleiter Schaffner Verkäufer Berater Kollege Fahrer Umgangston Beratung
unfreundlich unhöflich frech patzig ruppig genervt arrogant herablassend desinteressiert überfordert inkompetent
ahnungslos hilflos kurz·angebunden kümmerte·keinen
staff crew conductor employee clerk agent driver rude unfriendly impolite unhelpful dismissive clueless
incompetent attitude manners
keine·Ahnung niemand·hilft no·idea nobody·helped nobody·helps nobody·cared short·with
"""
PROCESS = """
warten Wartezeit Warteschlange Schlange Verspätung verspätet Bearbeitung Formular Antrag Unterschrift Erstattung
Rückerstattung Frist Storno Stornierung Umbuchung Umstieg Anschluss Öffnungszeit Wochen Stunde Minuten ausdrucken
abgelehnt umbuchen geschlossen schließt umständlich kompliziert bürokratisch langsam überfüllt besetzt Reinigung
schmutzig doppelt Doppelbuchung Beleg Quittung Ablauf
wait queue line delay late slow minutes hours weeks form paperwork signature receipt printed refund deadline
cancellation
rebooking crowded overcrowded dirty cleaning bureaucratic complicated twice transferred procedure
weiterverbunden zu·spät opening·hours cancelled refused closed
"""
TECHNICAL = """
Server Datenvolumen Durchsatz Absturz abgestürzt Fehler Fehlermeldung Störung defekt kaputt Automat Bildschirm
Display Kreisel WLAN Wi-Fi WiFi Netz Empfang Tunnel Steckdose Strom lädt laden Kartenleser Scanner Code Toilette
Heizung Klimaanlage Aufzug Rolltreppe Türen Passwort Anmeldung Login Update Warenkorb verschwunden öffnet
öffnen fror abgelaufen
crash throughput error bug broken fault machine screen spinner network signal socket outage load loading reader toilet
heating lift elevator escalator door password basket cart
außer·Betrieb air·conditioning out·of·order timed·out not·open froze vanished
"""
COMMUNICATION = """
Information Info informiert Auskunft Durchsage Ansage Nachricht Benachrichtigung Meldung Mail E-Mail Hinweis Grund
Begründung Prognose Entschuldigung erklärt Erklärung unklar verwirrend widersprüchlich widersprachen widerspricht
widersprechen
Beschilderung Schild Regeln Kleingedrucktes Status Rückmeldung Antwort unverständlich verstehe versteckt
gesagt Bescheid versprochen stillschweigend
inform information announcement announced message notification notice push email mail reason forecast apology explain
explained explanation unclear confusing contradict sign signage rules hidden status reply answer told
nobody·told small·print promised understand silently opposite
"""


def lines(words: str) -> list[str]:
    """Each word of one of these tables; those that belong together are joined there by a dot."""
    return list(dict.fromkeys(word.replace("·", " ") for word in words.split()))


def people() -> list[str]:
    """How people act."""
    return lines(PEOPLE)


def process() -> list[str]:
    """How work is arranged."""
    return lines(PROCESS)


def technical() -> list[str]:
    """What does not work."""
    return lines(TECHNICAL)


def communication() -> list[str]:
    """What customers are told, and what not."""
    return lines(COMMUNICATION)
