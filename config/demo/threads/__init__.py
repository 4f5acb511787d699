"""What is asked and answered in the demo."""

from config.demo.script import Question
from config.demo.threads import alltag, brewing, buying, kauf, machines

QUESTIONS: tuple[Question, ...] = (
    *machines.QUESTIONS, *brewing.QUESTIONS, *buying.QUESTIONS, *kauf.QUESTIONS, *alltag.QUESTIONS,
)  # fmt: skip
