"""Vor dem Kauf und während der Bestellung, auf Deutsch gefragt."""

from config.demo.script import Question, Remark, Reply

QUESTIONS = (
    Question(
        "lena", "4d 07:20",
        "Passt die Aurora S1 unter einen Hängeschrank?",
        "Zwischen Arbeitsplatte und Schrank sind es 42 cm. Muss ich sie zum Wasserfüllen jedes Mal vorziehen?",
        "before", "noise-and-size", "aurora-s1",
        (
            Reply(
                "mara", 18,
                "Sie ist 38,5 cm hoch, also passt sie. Der Tank geht nach **oben** raus, dafür brauchst du 30 "
                "cm mehr. Lösung bei mir: zwei Filzgleiter unter die vorderen Füße, dann lässt sie sich mit "
                "einem Finger vorziehen. Oder du füllst mit einer kleinen Gießkanne nach, die Klappe öffnet "
                "auch im Stehen.",
                "lena nele sofia", accepted=True,
                remarks=(
                    Remark("lena", 45, "Gießkanne. Darauf wäre ich nie gekommen, danke dir."),
                ),
            ),
            Reply(
                "lukas", 95,
                "Bei 42 cm würde ich an die Wärme denken: die Tassenablage wird 50 Grad warm. Dem Schrank macht "
                "es nichts.",
                "lena",
            ),
        ),
    ),
    Question(
        "lena", "10d 19:05",
        "Reicht eine Aurora S1 für zwei Leute, die gleichzeitig losmüssen?",
        "Zwei Hafer-Flat-Whites um sieben, mehr nicht. Oder ärgert man sich jeden Morgen über den einen Kessel?",
        "before", "milk", "aurora-s1",
        (
            Reply(
                "aylin", 27,
                "Machen wir seit über einem Jahr so. Erst beide Shots, dann auf Dampf schalten, 40 Sekunden "
                "warten, in der Zeit die Tassen richten. Vom Einschalten bis zum ersten Schluck sind es elf "
                "Minuten.",
                "lena mara hannes", accepted=True,
            ),
            Reply(
                "jonas", 60,
                "Ich hatte erst die S1 und bin auf die Duo umgestiegen. Der Kaffee ist gleich gut, nur die "
                "Ungeduld ist weg.",
                "lena",
            ),
        ),
    ),
    Question(
        "nele", "15d 14:45",
        "Mahl Two oder Handmühle für Filterkaffee?",
        "Ich trinke nur Filter, zwei Tassen am Tag. 449 Euro sind viel Geld für eine Mühle, die ich nie auf "
        "Espresso stelle.",
        "before", "filter", "mahl-two",
        (
            Reply(
                "ingrid", 52,
                "Für zwei Tassen am Tag nimm eine gute Handmühle und steck den Rest in Bohnen. Die #mahl-two "
                "spielt ihre Stärke aus, wenn du zwischen Espresso und Filter wechselst.",
                "nele emil lena", accepted=True,
            ),
            Reply(
                "emil", 130,
                "Honest advice, and from somebody who owns the grinder. I would say the same.",
                "nele",
            ),
        ),
    ),
    Question(
        "hannes", "7d 09:30",
        "Aurora Duo fürs Büro, zwölf Leute: schafft sie das?",
        "Zwischen neun und zehn wollen alle auf einmal. Danach ist Ruhe bis zum Mittag.",
        "before", "noise-and-size", "aurora-duo",
        (
            Reply(
                "jonas", 41,
                "Zwölf am Stück ja, aber der Tank reicht für acht. Nimm den Festwasseranschluss dazu, sonst "
                "steht einer immer mit der Kanne da. Und bestimmt jemanden, der abends rückspült, sonst tut es "
                "niemand.",
                "hannes priya clara", accepted=True,
                remarks=(
                    Remark("hannes", 70, "Ich ahne, wer das sein wird."),
                ),
            ),
            Reply(
                "ben", 180,
                "Im Büro gilt die gewerbliche Garantie: ein Jahr statt zwei. Das steht im Kleingedruckten, sage "
                "ich lieber vorher.",
                "hannes jonas",
            ),
        ),
    ),
    Question(
        "lukas", "41m",
        "Kann ich die Mühle noch zum Bundle-Preis zu meiner Bestellung legen?",
        "Die Maschine ist seit gestern bestellt, Status „wird gepackt“.",
        "while", "orders", "mahl-one",
        (
            Reply(
                "ben", 16,
                "Solange „wird gepackt“ dort steht: ja. Schreib die Bestellnummer an das Team im Shop, sie "
                "tauschen den Auftrag.",
                "lukas", accepted=True,
            ),
        ),
    ),
    Question(
        "nele", "21d 11:20",
        "Lohnt sich das Bohnen-Abo, wenn ich nur alle sechs Wochen 500 g brauche?",
        "Im Bestellvorgang gibt es nur zwei oder vier Wochen zur Auswahl.",
        "while", "orders", "beans-mittsommer",
        (
            Reply(
                "clara", 110,
                "Nach dem Bestellen kannst du unter „Meine Abos“ jeden Abstand bis zwölf Wochen einstellen. "
                "Dass man das vorher nicht sieht, haben wir aufgenommen.",
                "nele lena", accepted=True,
            ),
            Reply(
                "lukas", 200,
                "Pausieren geht auch, per Klick, ohne Anruf.",
                "nele",
            ),
        ),
    ),
    Question(
        "hannes", "28d 16:00",
        "Ratenzahlung: Prüft ihr dafür die Schufa?",
        "Ich möchte die Duo in zwölf Raten zahlen und vorher wissen, was abgefragt wird.",
        "while", "orders", "aurora-duo",
        (
            Reply(
                "ben", 95,
                "Ja, der Zahlungsdienst fragt einmal an, als „Anfrage Kreditkonditionen“. Die ist für andere "
                "nicht sichtbar und ändert deinen Wert nicht.",
                "hannes", accepted=True,
            ),
        ),
    ),
    Question(
        "lena", "2d 20:15",
        "Welche Mühle würdet ihr zur S1 nehmen, wenn es leise sein soll?",
        "Altbau, hellhörig, und ich stehe um sechs auf. Das Budget endet bei 500 Euro.",
        "before", "noise-and-size", "mahl-two",
        (
            Reply(
                "mara", 24,
                "#mahl-two, ohne Zögern. Sie brummt statt zu kreischen, etwa so laut wie eine elektrische "
                "Zahnbürste auf Holz. Stell sie auf eine Korkplatte, dann hört man im Flur nichts mehr. Und "
                "mahl nur für die Tasse, die du trinkst: 11 Sekunden stören niemanden.",
                "lena nele sofia aylin", accepted=True,
            ),
            Reply(
                "tomasz", 80,
                "If the budget hurts: the One inside a cupboard with a foam mat. Not elegant, but it works.",
                "lena",
            ),
        ),
    ),
    Question(
        "jonas", "31d 10:10",
        "Gebrauchte Aurora S1 kaufen: worauf achten?",
        "Angebot aus der Nachbarschaft, vier Jahre alt, 500 Euro. Der Verkäufer sagt, sie sei „kaum benutzt“.",
        "before", "parts", "aurora-s1",
        (
            Reply(
                "mara", 58,
                "Vier Dinge vor Ort:\n\n"
                "- Kalt einschalten und die Zeit nehmen. Mehr als acht Minuten heißt Kalk.\n"
                "- Blindsieb rein, Pumpe an: sie muss in fünf Sekunden auf 9 bar stehen und halten.\n"
                "- Unter die Maschine sehen. Grüne Spuren sind undichtes Messing.\n"
                "- Zählerstand im Servicemenü: beide äußeren Tasten drei Sekunden halten.\n\n"
                "„Kaum benutzt“ und hartes Wasser ist schlimmer als täglich benutzt und gepflegt.",
                "jonas lukas lena hannes nele", accepted=True,
            ),
            Reply(
                "ben", 220,
                "Wenn du uns die Seriennummer schickst, sage ich dir, ob sie schon einmal in der Werkstatt war.",
                "jonas lena",
            ),
        ),
    ),
    Question(
        "nele", "3h",
        "Wird der Fjord-Kessel auf dem Griff heiß?",
        "Mein alter hatte einen Metallgriff, und ich habe jeden Morgen ein Handtuch gebraucht.",
        "before", "filter", "kettle-fjord",
        (
            Reply(
                "priya", 25,
                "No, the handle is wood on a steel core with an air gap. Lukewarm after a litre, nothing more.",
                "nele",
            ),
        ),
    ),
)  # fmt: skip
