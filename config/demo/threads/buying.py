"""Before buying and while ordering, asked in English."""

from config.demo.script import Question, Remark, Reply

QUESTIONS = (
    Question(
        "priya", "22m",
        "Is the S1 quiet enough for a flat with thin walls?",
        "My sister wants one, her neighbour works nights. Is the pump something you hear through a wall at six?",
        "before", "noise-and-size", "aurora-s1",
        (
            Reply(
                "mara", 9,
                "I have exactly that flat. The pump is a hum of about 25 seconds, quieter than a kettle coming "
                "to the boil. What my neighbour heard was the **grinder**. A rubber mat under both helped more "
                "than anything.",
                "sofia",
            ),
        ),
    ),
    Question(
        "sofia", "8d 12:15",
        "S1 or Duo for mostly milk drinks?",
        "Two flat whites each morning, a round of four on Sundays. Is waiting for steam on the S1 annoying in "
        "real life?",
        "before", "noise-and-size", "aurora-duo",
        (
            Reply(
                "priya", 40,
                "For two cups the S1 costs you about 40 seconds of waiting. For four cups it is five minutes, "
                "and somebody drinks alone. If Sunday matters, take the Duo. If weekdays matter, take the S1 "
                "and a better grinder.",
                "sofia mara felix lena", accepted=True,
                remarks=(
                    Remark("mara", 55, "This. And the S1 fits under a wall cupboard, the Duo does not."),
                ),
            ),
            Reply(
                "emil", 150,
                "Single boiler plus milk works fine if you steam first and brew second.",
                "sofia",
            ),
        ),
    ),
    Question(
        "felix", "24d 18:20",
        "First grinder: Mahl One or the supermarket kind?",
        "I have an S1 on order. Can I start with ground coffee and add a grinder at Christmas?",
        "before", "dialling-in", "mahl-one",
        (
            Reply(
                "tomasz", 19,
                "You can, and you will be disappointed until Christmas. Ground coffee is stale for espresso "
                "after a day and you have no way to slow the shot down. If the money is short, buy the grinder "
                "first.",
                "felix ingrid emil", accepted=True,
            ),
            Reply(
                "mara", 44,
                "Second-hand Mahl Ones show up here every month. Burrs last for years, so that is a safe buy.",
                "felix tomasz",
            ),
        ),
    ),
    Question(
        "tomasz", "2d 10:41",
        "Can I still add the grinder to my order at the bundle price?",
        "I ordered the S1 an hour ago and noticed the bundle afterwards.",
        "while", "orders", "mahl-one",
        (
            Reply(
                "ben", 12,
                "Yes, as long as the parcel has not left. Write your order number to the shop team and they "
                "will swap the order for the bundle. You get the difference, not a voucher.",
                "tomasz", accepted=True,
            ),
        ),
    ),
    Question(
        "emil", "37d 15:00",
        "Is the Mahl Two worth it if I only make espresso?",
        "I have the One. The Two looks quieter. Does it grind any better at the fine end?",
        "before", "noise-and-size", "mahl-two",
        (
            Reply(
                "ingrid", 70,
                "For espresso only, no. Same burrs, slower motor, so it is quieter and takes eleven seconds "
                "longer for 18 g. I would buy it for the filter range or for a sleeping child, not for taste.",
                "emil tomasz priya", accepted=True,
            ),
            Reply(
                "sofia", 100,
                "The sleeping child is a strong argument, though.",
                "emil",
            ),
        ),
    ),
    Question(
        "felix", "29d 20:30",
        "Which cups fit under the S1?",
        "I have a favourite mug, 11 cm tall. Spouts look low in the pictures.",
        "before", "noise-and-size", "aurora-s1",
        (
            Reply(
                "mara", 33,
                "9 cm with the tray in, 12.5 cm without it. I brew into a small jug when I want the big mug. "
                "The tray comes out with one hand and drips for a second, so keep a cloth there.",
                "felix lena", accepted=True,
            ),
        ),
    ),
    Question(
        "sofia", "34d 09:50",
        "Delivery says four parcels. Is that right for one machine?",
        "Tracking shows four numbers for one Aurora S1.",
        "while", "orders", "aurora-s1",
        (
            Reply(
                "ben", 85,
                "That is right: machine, portafilter set, tamper, water kit. They come from two shelves and "
                "usually arrive together.",
                "sofia", accepted=True,
            ),
        ),
    ),
    Question(
        "emil", "4d 17:10",
        "Does the trade-in offer take machines of other brands?",
        "My old two-group lever would like to know.",
        "while", "orders", "",
        (
            Reply(
                "ben", 240,
                "Yes, any espresso machine that still heats up. You enter brand and year in the cart and see "
                "the amount before you pay.",
                "emil",
            ),
        ),
    ),
    Question(
        "tomasz", "5d 08:35",
        "How hard is too hard? Water test for the S1",
        "The strip says 14 °dH. The manual says filter from 12 on. Is that cautious or serious?",
        "before", "water", "aurora-s1",
        (
            Reply(
                "aylin", 31,
                "Serious. At 14 you would descale every eight weeks, with the filter in the tank every five "
                "months. I am at 17 and learned it the expensive way. Set the hardness in the service menu too, "
                "then the reminder is honest.",
                "tomasz lukas mara", accepted=True,
            ),
            Reply(
                "mara", 66,
                "Bottled water below 6 °dH tastes flat, by the way. Do not overdo it.",
                "tomasz aylin",
            ),
        ),
    ),
)  # fmt: skip
