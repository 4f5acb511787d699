"""Machines in daily use, asked in English."""

from config.demo.script import Question, Remark, Reply

QUESTIONS = (
    Question(
        "felix", "1d 09:12",
        "My S1 shows 4 bar instead of 9 since I descaled it. Did I break the pump?",
        "First descaling yesterday with the powder from the shop. I followed the programme, rinsed twice, and "
        "since then the gauge climbs to 4 bar and stays there. The shot runs through in 9 seconds and tastes "
        "like tea.\n\n"
        "Grind and dose are the same as last week (18 g, #mahl-one at 11). The pump sounds louder than before. "
        "Is something broken, or did I skip a step?",
        "after", "water", "aurora-s1",
        (
            Reply(
                "mara", 14,
                "Your pump is fine. There is **air in the line**, which happens after almost every first "
                "descaling because the boiler was drained. Louder pump plus low pressure is the typical sign.\n\n"
                "1. Take the portafilter out and fill the tank to the top.\n"
                "2. Open the steam wand, then press the hot water button until the stream is steady. About 20 "
                "seconds.\n"
                "3. Close the wand and run two blank shots without coffee.\n"
                "4. Pull a normal shot. The needle should sit in the green zone again.\n\n"
                "If it stays under 6 bar after that, check the dispersion screen. Loosened scale likes to "
                "collect there, and it unscrews with a normal 4 mm key.",
                "felix lukas priya tomasz sofia jonas", accepted=True,
                remarks=(
                    Remark(
                        "felix", 15,
                        "Step 2 did it. Needle is back at 9 and the coffee tastes of coffee. Thank you.",
                    ),
                ),
            ),
            Reply(
                "jonas", 21,
                "Same on my #aurora-duo. I now keep a litre of fresh water next to the machine while descaling, so the "
                "tank never runs dry. No air, no drama.",
                "felix emil",
            ),
            Reply(
                "ben", 50,
                "Mara is right. For the record: bleeding the line does not touch your warranty. If the pressure "
                "is still low afterwards, book a check and we send a courier for the machine.",
                "felix mara lukas",
            ),
            Reply(
                "aylin", 68,
                "Kleiner Zusatz: Die Entkalkungserinnerung lässt sich im Wartungsmenü auf die tatsächliche "
                "Wasserhärte einstellen. Bei mir in Berlin (17 °dH) meldet sich die Maschine jetzt alle sechs "
                "statt alle zwölf Wochen, und der Druckverlust ist nie wieder aufgetreten.",
                "lukas",
            ),
        ),
        remarks=(
            Remark("lukas", 3, "Did the water tank sit properly after you filled it?"),
            Remark("felix", 6, "Yes, I pulled it out and put it back twice."),
        ),
    ),
    Question(
        "tomasz", "34m",
        "Steam wand drips for a minute after frothing. Normal, or a worn seal?",
        "It always dripped a little, but since last week it is a small puddle every morning. The machine is 14 "
        "months old and I froth twice a day.",
        "after", "parts", "aurora-s1",
    ),
    Question(
        "priya", "9d 18:40",
        "Descaling light stays on after two full cycles",
        "Both cycles ran to the end, the water is clear, the light does not care. Aurora Duo, firmware as "
        "delivered.",
        "after", "water", "aurora-duo",
        (
            Reply(
                "ingrid", 35,
                "The Duo only counts a cycle when the **drip tray stays in** until the beep at the very end. If "
                "you pull it out to empty it half way, the counter starts over. Run one more with two litres in "
                "the tank and leave the tray alone.",
                "priya jonas mara", accepted=True,
                remarks=(
                    Remark("priya", 90, "That was exactly it. I did empty the tray. Twice."),
                ),
            ),
            Reply(
                "jonas", 120,
                "Wenn das nicht hilft: Maschine zehn Sekunden vom Strom trennen, dann fragt sie den Zähler neu "
                "ab.",
                "priya",
            ),
        ),
    ),
    Question(
        "sofia", "16d 07:55",
        "Portafilter handle gets too hot to hold",
        "By the third cup I need a towel. Is that how it should be?",
        "after", "parts", "aurora-s1",
        (
            Reply(
                "mara", 48,
                "Warm the portafilter first, then lock it in for ten seconds only before you brew. If it hangs "
                "in the group for the whole warm-up the heat travels down the bolt into the wood. The basket "
                "needs to be hot, the handle does not.",
                "sofia felix tomasz", accepted=True,
            ),
            Reply(
                "felix", 400,
                "I just warm the cup with hot water and let the basket be. Works for me.",
            ),
        ),
    ),
    Question(
        "priya", "23d 20:10",
        "Duo takes 20 minutes to warm up, the box says 12",
        "Both boilers on, eco mode off. Measured with a stopwatch on three mornings: 19 to 21 minutes until the "
        "lights are steady.",
        "after", "noise-and-size", "aurora-duo",
        (
            Reply(
                "ben", 600,
                "Twelve minutes is the figure for the brew boiler alone. With the steam boiler it is 18 on "
                "paper and up to 21 in a cold kitchen. We will say so on the box from the next print run on. If "
                "you switch the steam boiler to *on demand* you are back at twelve.",
                "priya jonas sofia emil", accepted=True,
            ),
            Reply(
                "sofia", 640,
                "A smart plug that switches on at 6:20 ended this discussion in our kitchen.",
                "priya",
            ),
        ),
    ),
    Question(
        "emil", "30d 16:25",
        "Which screen do you use to keep the shower head clean?",
        "I am tired of scrubbing coffee out of the dispersion plate every week. Puck screens promise to end "
        "that, but I worry about headroom in the 18 g basket.",
        "after", "parts", "aurora-s1",
        (
            Reply(
                "tomasz", 55,
                "0.8 mm puck screen, 58.5 mm wide, and I went from 18 to 17.5 g. Still 2 mm of air above it "
                "after the shot. Rinse it right away, otherwise it smells by the evening.",
                "emil mara", accepted=True,
            ),
            Reply(
                "ingrid", 95,
                "Headroom test: put a coin on the puck, lock in, take out. A dent means it is too high.",
                "emil",
            ),
        ),
    ),
    Question(
        "sofia", "12d 11:05",
        "Pump got louder over the last month, pressure is normal",
        "A low hum that was not there before, mostly in the first five seconds. Taste and time have not changed.",
        "after", "noise-and-size", "aurora-s1",
        (
            Reply(
                "mara", 25,
                "Check the four rubber feet of the pump bracket. They harden after a year or two, and then the "
                "housing becomes a loudspeaker. Open the back plate (two screws, machine unplugged) and press "
                "on the bracket while somebody runs a blank shot: if the hum stops, it is the feet. The set "
                "costs less than a bag of beans.",
                "sofia felix lukas priya", accepted=True,
                remarks=(
                    Remark("sofia", 1500, "Feet are in. My neighbour asked whether I had stopped drinking coffee."),
                ),
            ),
            Reply(
                "ben", 130,
                "Part number is NL-4410. Any owner can swap them, no workshop needed.",
                "sofia mara",
            ),
        ),
    ),
    Question(
        "felix", "5h",
        "How often do you really backflush?",
        "The manual says every week with powder. Forums say every day with water. I make two coffees a day.",
        "after", "water", "aurora-s1",
        (
            Reply(
                "ingrid", 22,
                "At two a day: water only on Sunday, powder on the first of the month. Put it into the calendar "
                "and you never taste old oil again.",
                "felix sofia", accepted=True,
            ),
            Reply(
                "mara", 41,
                "Same rhythm here. And wipe the group with a damp cloth after the last cup: it does half the "
                "work.",
                "felix",
            ),
        ),
    ),
)  # fmt: skip
