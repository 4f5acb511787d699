"""Grinding, beans, milk and filter, asked in English."""

from config.demo.script import Question, Remark, Reply

QUESTIONS = (
    Question(
        "sofia", "2h",
        "Light roasts at 93 °C taste sharp. Hotter water or finer grind?",
        "Mittsommer, 18 g in, 40 g out in 29 seconds. The first sip is lemon, the rest is lemon peel.",
        "after", "dialling-in", "beans-mittsommer",
        (
            Reply(
                "emil", 17,
                "Longer first, hotter second. Go to a ratio of 1:2.6 at the same grind, taste, and only then "
                "raise to 95 °C. Grinding finer on a light roast often makes the sharpness worse because it "
                "channels.",
                "sofia ingrid tomasz", accepted=True,
                remarks=(
                    Remark("sofia", 40, "1:2.6 at 95 °C. Suddenly it is berries."),
                ),
            ),
            Reply(
                "ingrid", 33,
                "And let it rest. Light roasts need ten to fourteen days after roasting before they calm down.",
                "sofia emil",
            ),
        ),
    ),
    Question(
        "tomasz", "3d 08:20",
        "Mahl One clumps with fresh Polarnacht",
        "Little pebbles in the basket and a fast, pale stream at one side. Beans are three days old.",
        "after", "dialling-in", "mahl-one",
        (
            Reply(
                "emil", 26,
                "Dark, oily and three days old: of course they clump. Let the bag rest for a week, and "
                "meanwhile stir the puck with a thin needle. One drop of water on the beans before grinding "
                "takes the static out.",
                "tomasz felix", accepted=True,
            ),
            Reply(
                "jonas", 90,
                "Ein Klaps auf den Trichter vor dem Mahlen hilft auch. Klingt albern, ist es nicht.",
                "tomasz",
            ),
        ),
    ),
    Question(
        "priya", "2h",
        "How do you store Polarnacht once the bag is open?",
        "We need three weeks for 500 g. Freezer, jar, or just the bag with a clip?",
        "after", "beans", "beans-polarnacht",
    ),
    Question(
        "tomasz", "19d 10:30",
        "Setting 11 on the Mahl One today is not setting 11 last month",
        "Same beans, same dose, but I had to go two marks finer over four weeks. Are my burrs wearing out "
        "already?",
        "after", "dialling-in", "mahl-one",
        (
            Reply(
                "ingrid", 65,
                "Not after five months. Beans age, kitchens get more humid, and both ask for a finer grind. If "
                "it bothers you, zero the scale: turn until the burrs just touch with the motor running empty, "
                "and call that 0.",
                "tomasz emil sofia felix", accepted=True,
            ),
            Reply(
                "emil", 180,
                "Also clean it. Old fines between the burrs shift everything by about one mark.",
                "tomasz",
            ),
        ),
    ),
    Question(
        "felix", "6d 19:45",
        "My milk has big bubbles whatever I do",
        "Full-fat milk from the fridge, steam fully open, jug tilted like in the videos. It looks like bath "
        "foam.",
        "after", "milk", "aurora-s1",
        (
            Reply(
                "mara", 30,
                "Three things, in this order:\n\n"
                "- **Purge** the wand first, or its water makes the first bubbles.\n"
                "- Put the tip *just* under the surface and listen: a soft paper-tearing sound for three "
                "seconds, not more.\n"
                "- Then sink it one centimetre and let the milk spin until the jug is too warm for your palm.\n\n"
                "Big bubbles mean the second part came too late. Practise with water and one drop of washing-up "
                "liquid: same behaviour, no waste.",
                "felix sofia priya hannes lena", accepted=True,
                remarks=(
                    Remark("felix", 700, "The washing-up liquid trick should be in the manual."),
                ),
            ),
            Reply(
                "sofia", 75,
                "Close the valve before you take the jug away. Half of my bubbles were made at the very end.",
                "felix",
            ),
        ),
    ),
    Question(
        "sofia", "27d 09:15",
        "Oat milk that survives a flat white?",
        "The barista one from the supermarket splits in Mittsommer. What do you use?",
        "after", "milk", "",
        (
            Reply(
                "priya", 80,
                "Light roasts are acidic, and that is what splits it. Either take #beans-polarnacht for milk drinks, "
                "or stop steaming at 55 °C. Above 60 even the good ones give up.",
                "sofia mara ingrid", accepted=True,
            ),
            Reply(
                "felix", 300,
                "Shake the carton. I mean it: the stabiliser sits at the bottom.",
                "sofia priya",
            ),
        ),
    ),
    Question(
        "emil", "14d 21:00",
        "Filter on the Mahl Two: where do you start?",
        "Coming from a hand grinder. For V60 with 15 g and the #kettle-fjord kettle, which number is a sensible first "
        "guess?",
        "after", "filter", "mahl-two",
        (
            Reply(
                "ingrid", 45,
                "Start at 62 for 15 g to 250 g, 94 °C, and aim for three minutes. Two marks coarser per 5 g "
                "more coffee. Below 55 it is still espresso country and your paper will clog.",
                "emil tomasz", accepted=True,
            ),
        ),
    ),
    Question(
        "felix", "33d 08:05",
        "Do I need a scale with 0.1 g, or is that nerd territory?",
        "A kitchen scale shows whole grams. Will I taste the difference?",
        "before", "parts", "",
        (
            Reply(
                "tomasz", 28,
                "You will taste it the moment you try to repeat a good cup. One gram more is three seconds "
                "longer. Anything with 0.1 g that fits under the spout will do, it need not be a coffee scale.",
                "felix emil priya", accepted=True,
            ),
            Reply(
                "mara", 60,
                "Measure the space under the double spout first: 15 mm on the S1 with a cup, not more.",
                "felix",
            ),
        ),
    ),
    Question(
        "ingrid", "11d 06:50",
        "Anybody roasting at home with Nordlicht's green beans?",
        "The shop sold a small lot of the Mittsommer greens in spring. First crack came very early for me, at "
        "7:40. Curious how it went for others.",
        "after", "beans", "beans-mittsommer",
        (
            Reply(
                "emil", 240,
                "7:55 in a small drum, and I stopped 70 seconds later. Longer and the berries are gone.",
                "ingrid",
            ),
            Reply(
                "sofia", 1300,
                "I drank what Ingrid sent me. Whatever you are doing, go on.",
                "ingrid tomasz",
            ),
        ),
    ),
    Question(
        "priya", "20d 13:35",
        "Fjord kettle overshoots by four degrees",
        "Set to 92, my thermometer says 96 when it clicks. After a minute it is right. Is that a fault?",
        "after", "filter", "kettle-fjord",
        (
            Reply(
                "ben", 190,
                "It heats a little past the target with less than 400 ml in it, because the sensor sits in the "
                "base. Fill it to at least the lower mark and it stays within one degree. If not, send it in: "
                "two years of warranty.",
                "priya sofia", accepted=True,
            ),
        ),
    ),
)  # fmt: skip
