"""The environment: each variable the code reads stands in .env.example, and no other; pins agree in both files."""

import re

from tests.architecture.tree import FLOORS, ROOT, files

READ = r"env\.\w+\(\s*\"([A-Z_]+)\"|environ(?:\.get\(|\[)\"([A-Z_]+)\"|env\(\"([A-Z_]+)\""
#: Read by the tools around the product.
FOREIGN = {"DJANGO_SETTINGS_MODULE"}


def test_every_variable_is_in_the_example_and_none_is_invented() -> None:
    code = "\n".join(path.read_text() for path in files(*(f"{app}/*.py" for app in FLOORS), "manage.py"))
    read = {name for match in re.findall(READ, code) for name in match if name} - FOREIGN
    documented = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))
    assert documented == read


def test_the_tests_run_with_every_package_of_the_product() -> None:
    def pins(name: str) -> set[str]:
        return {line for line in (ROOT / name).read_text().splitlines() if not line.startswith("#")}

    assert pins("requirements.txt") - pins("requirements-dev.txt") == set()
