"""Der Alltag mit Maschine, Mühle und Bohnen, auf Deutsch gefragt."""

from config.demo.script import Question, Remark, Reply

QUESTIONS = (
    Question(
        "jonas", "58m",
        "Polarnacht schmeckt sauer: Welche Mahlgradeinstellung für Siebträgerneulinge auf der Mahl One?",
        "18 g, 36 g raus, 19 Sekunden, Einstellung 14. Eine dunkle Röstung sollte doch eher bitter als sauer "
        "sein?",
        "after", "dialling-in", "beans-polarnacht",
        (
            Reply(
                "aylin", 19,
                "19 Sekunden sind zu schnell, deshalb sauer. Geh auf 11 und ändere sonst nichts. Wenn du bei 27 "
                "bis 30 Sekunden landest und es immer noch spitz ist, dann erst an die Temperatur.",
                "jonas lukas",
            ),
            Reply(
                "ingrid", 31,
                "And purge 3 g after every change of the setting, or you drink the old one.",
                "jonas",
            ),
        ),
    ),
    Question(
        "lukas", "72m",
        "Reinigungstablette oder Backflush-Pulver: Was nehmt ihr für die S1?",
        "Die Tabletten sind doppelt so teuer. Gibt es einen Grund außer Bequemlichkeit?",
        "after", "water", "aurora-s1",
    ),
    Question(
        "lukas", "6d 08:15",
        "Grazer Leitungswasser: alle vier Wochen entkalken, ist das normal?",
        "16 °dH, drei Tassen am Tag, kein Filter. Die Maschine meldet sich pünktlich alle vier Wochen.",
        "after", "water", "aurora-s1",
        (
            Reply(
                "aylin", 36,
                "Bei 16 Grad ohne Filter leider ja. Mit der Kartusche im Tank komme ich bei 17 auf fünf Monate. "
                "Rechne: zwölf Entkalkungen im Jahr kosten mehr als vier Kartuschen, und jede davon nagt an den "
                "Dichtungen.",
                "lukas jonas hannes mara", accepted=True,
                remarks=(
                    Remark("lukas", 60, "Kartusche ist bestellt. Die Rechnung hatte mir nie jemand aufgemacht."),
                ),
            ),
            Reply(
                "ben", 200,
                "Nach jedem Entkalken bitte entlüften: Dampfhahn auf, Heißwasser, bis der Strahl ruhig ist.",
                "lukas aylin",
            ),
        ),
    ),
    Question(
        "jonas", "13d 17:25",
        "Pumpe wird nach der Entkalkung lauter",
        "Klingt, als würde sie Luft ziehen. Druck ist da, aber er zappelt.",
        "after", "water", "aurora-duo",
        (
            Reply(
                "mara", 22,
                "Sie zieht auch Luft. Am Tankventil sitzt eine kleine Feder, an der sich Kalkkrümel sammeln. "
                "Tank raus, Ventil mit dem Finger drücken und unter dem Hahn spülen, dann einmal Heißwasser bis "
                "der Strahl ruhig ist.",
                "jonas priya lukas", accepted=True,
            ),
            Reply(
                "lukas", 65,
                "Kann ich bestätigen, genau dieser Krümel war es bei mir auch.",
                "jonas",
            ),
        ),
    ),
    Question(
        "hannes", "18d 10:00",
        "Milchschaum fürs Büro: eine Kanne für drei Tassen, geht das?",
        "Bei mir ist die erste Tasse Schaum, die dritte ist warme Milch.",
        "after", "milk", "aurora-duo",
        (
            Reply(
                "aylin", 44,
                "Nach dem Schäumen die Kanne kräftig schwenken und sofort in eine zweite Kanne umgießen, hin "
                "und zurück. Dann verteilt sich der Schaum und alle drei Tassen sind gleich. Länger als 20 "
                "Sekunden darf sie nicht stehen.",
                "hannes jonas lena", accepted=True,
            ),
        ),
    ),
    Question(
        "nele", "25d 08:40",
        "Filterkaffee wird bitter, sobald ich mehr als 30 g nehme",
        "Fjord-Kessel auf 96 Grad, Mittsommer, V60 in Größe 02. Bei 15 g ist alles gut.",
        "after", "filter", "kettle-fjord",
        (
            Reply(
                "emil", 38,
                "More coffee means a deeper bed and a longer contact time. Go two or three marks coarser, and "
                "pour in fewer, bigger portions. You want to be done at 3:30, not at 5.",
                "nele ingrid", accepted=True,
            ),
            Reply(
                "ingrid", 90,
                "Und 93 statt 96 Grad, wenn das Bett so tief ist.",
                "nele",
            ),
        ),
    ),
    Question(
        "lukas", "32d 19:55",
        "Tamper 58 oder 58,5 mm für das Sieb der S1?",
        "Mit dem mitgelieferten bleibt am Rand immer ein Kranz stehen.",
        "after", "parts", "aurora-s1",
        (
            Reply(
                "tomasz", 50,
                "58.5 fits the original basket with almost no play, and the ring is gone. Check your basket "
                "first: the one for the single shot is tapered, there it gets stuck.",
                "lukas jonas", accepted=True,
            ),
        ),
    ),
    Question(
        "hannes", "35d 12:30",
        "Wie oft tauscht ihr die Mahlscheiben?",
        "Wir mahlen im Büro etwa 2 kg im Monat mit der Mahl One.",
        "after", "parts", "mahl-one",
        (
            Reply(
                "ingrid", 75,
                "Die Scheiben sind für rund 400 kg gut. Bei 2 kg im Monat also in sechzehn Jahren. Was du "
                "merkst, ist meistens altes Fett: einmal im Quartal auseinandernehmen und auspinseln.",
                "hannes tomasz emil", accepted=True,
            ),
            Reply(
                "jonas", 140,
                "Vorher ein Foto machen, die Distanzscheibe passt nur in einer Richtung.",
                "hannes",
            ),
        ),
    ),
    Question(
        "jonas", "1d 16:30",
        "Dichtung der Brühgruppe tauschen: Werkstatt oder selbst?",
        "Nach acht Monaten tropft es leicht am Rand. Ich traue mir einen Schraubendreher zu, mehr nicht.",
        "after", "parts", "aurora-duo",
        (
            Reply(
                "ben", 55,
                "Selbst, in zehn Minuten: Duschsieb abschrauben, alte Dichtung mit einem schmalen "
                "Schraubendreher heraushebeln, Sitz sauber wischen, neue mit der Schrift nach oben einlegen. "
                "Teil NL-2207, die Garantie bleibt.",
                "jonas lukas aylin", accepted=True,
            ),
            Reply(
                "mara", 130,
                "Leg die neue vorher fünf Minuten in heißes Wasser, dann geht sie fast von allein hinein.",
                "jonas ben",
            ),
        ),
    ),
    Question(
        "lukas", "17d 21:10",
        "Crema wird nach drei Wochen dünn, gleiche Tüte",
        "Polarnacht, Tüte mit Clip, Schrank neben dem Herd.",
        "after", "beans", "beans-polarnacht",
        (
            Reply(
                "ingrid", 29,
                "Neben dem Herd ist das Problem, nicht der Clip. Wärme treibt das Gas aus. Friere die Hälfte am "
                "ersten Tag in kleinen Portionen ein und mahl sie gefroren: schmeckt nach vier Wochen wie "
                "frisch.",
                "lukas lena sofia", accepted=True,
            ),
            Reply(
                "nele", 110,
                "Gefroren mahlen klingt verrückt, funktioniert aber auch für Filter.",
                "lukas ingrid",
            ),
        ),
    ),
    Question(
        "aylin", "5d 12:05",
        "Wartungsmenü der S1: Was bedeutet der Wert „P3“?",
        "P1 ist die Wasserhärte, P2 die Temperatur. P3 steht bei mir auf 2 und im Handbuch steht nichts.",
        "after", "water", "aurora-s1",
        (
            Reply(
                "ben", 75,
                "P3 ist die Vorbrühzeit in Sekunden. Für dunkle Röstungen 2, für helle 5 bis 6. Es fehlt im "
                "Handbuch, weil es mit der letzten Firmware dazukam. Wir tragen es nach.",
                "aylin mara emil lukas", accepted=True,
            ),
        ),
    ),
)  # fmt: skip
