"""The `lb` command."""

import sys

import typer

from lb.commands.demo import demo
from lb.commands.doctor import doctor
from lb.commands.down import down
from lb.commands.exchange import exchange
from lb.commands.import_rosters import import_rosters
from lb.commands.operate import parked, rebuild, replay, verify
from lb.commands.sample import sample
from lb.commands.status import status
from lb.commands.token import token
from lb.commands.up import up
from lb.problems import Problem
from lb.show import tell

app = typer.Typer(
    name="lb",
    help="LabourBridge on one machine: start it, look at it, check it. 劳务桥本机工具。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for command in (up, down, status, doctor, token, sample, demo, replay, rebuild, parked, verify):
    app.command()(command)
app.command("import")(import_rosters)
app.add_typer(exchange, name="exchange")


def main() -> None:
    """Run a command; a `Problem` is one sentence and what to do, and exit code 1."""
    try:
        app()
    except (Problem, LookupError) as problem:
        tell(str(problem))
        sys.exit(1)
    except KeyboardInterrupt:
        tell("Interrupted.")
        sys.exit(130)
