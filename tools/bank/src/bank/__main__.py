"""python -m bank: the simulated bank, a house of its own."""

import contextlib
import csv
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bank.book import Book
from bank.desk import Desk
from bank.folders import Folders
from bank.mishaps import NO_MISHAPS, Mishaps
from bank.serve import Bank, Busy, alone

main = typer.Typer(
    name="bank",
    help="A bank to try payments with: files in, files out. 模拟银行：以文件收付。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Ending(StrEnum):
    """The formats of the agreement: A, and B."""

    TXT = "txt"
    JSON = "json"


Folder = Annotated[Path, typer.Option(help="Where to-bank/ and from-bank/ lie. 收付文件所在目录。")]
Store = Annotated[
    Path | None, typer.Option(help="The bank's own store; bank.sqlite beside the folders. 银行台账文件。")
]
Seed = Annotated[int, typer.Option(help="What mishaps are drawn from. 故障的随机种子。")]
Format = Annotated[Ending, typer.Option("--format", help="Of reversals and statements: A or B. 退汇与对账文件的格式。")]


def _share(words: str) -> Any:
    return typer.Option(min=0, max=1, help=words)


@main.command()
def serve(
    folder: Folder,
    store: Store = None,
    seed: Seed = 7,
    delay: Annotated[float, typer.Option(min=0, help="Seconds until an answer comes. 回盘延迟秒数。")] = 0.1,
    mishaps: Annotated[bool, typer.Option(help="Whether anything goes wrong. 是否模拟故障。")] = True,
    refused: Annotated[float, _share("Share of orders refused. 退票比例。")] = 0.06,
    late_executed: Annotated[float, _share("Share timed out, but executed. 超时但已付比例。")] = 0.02,
    late_not_executed: Annotated[float, _share("Share timed out, not executed. 超时未付比例。")] = 0.02,
    files: Annotated[float, _share("Share of spoilt, late or lost return files. 异常回盘文件比例。")] = 0.0,
    first_files: Annotated[
        bool, typer.Option(help="Spoil each of the first three return files another way. 前三个回盘文件各异常一次。")
    ] = True,
) -> None:
    """Take files and answer them until told to stop (SIGTERM). 收文件并回盘，直至停止。"""
    planted = (
        Mishaps(
            seed=seed, refused=refused, late_executed=late_executed, late_not_executed=late_not_executed, files=files,
            first_files=first_files,
        )
        if mishaps
        else NO_MISHAPS
    )  # fmt: skip
    with _bank(folder, store, planted, delay=delay, log=lambda line: print(line, flush=True)) as bank:
        try:
            with alone(_store(folder, store)):
                bank.serve(_stopped_by_signals())
        except Busy:
            typer.echo("Another process serves this store. 已有进程在使用该台账。", err=True)
            raise typer.Exit(1) from None


@main.command("close-session")
def close_session(folder: Folder, store: Store = None, ending: Format = Ending.TXT) -> None:
    """Send a statement of everything that was told since the last one; print its id. 日终轧账并发送对账文件。"""
    with _bank(folder, store) as bank:
        bank.look_back()
        typer.echo(bank.desk.close_session(ending))
        _send(bank, folder, store)


@main.command()
def reverse(
    folder: Folder,
    store: Store = None,
    share: Annotated[float, _share("Of what was executed. 占已付的比例。")] = 0.3,
    seed: Seed = 7,
    ending: Format = Ending.TXT,
) -> None:
    """Let executed orders come back and send the file of them; print its id. 模拟退汇并发送退汇文件。"""
    with _bank(folder, store, Mishaps(seed=seed)) as bank:
        bank.look_back()
        typer.echo(bank.desk.reverse(share, ending) or "")
        _send(bank, folder, store)


@main.command()
def executed(folder: Folder, store: Store = None) -> None:
    """The bank's own list of executed orders, as CSV; with the day where money came back. 银行已付清单。"""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["payment", "amount", "day", "reference", "came_back"])
    with _bank(folder, store) as bank:
        for went, back in bank.desk.book.executed():
            out.writerow([went.payment, went.amount, went.day, went.reference, back.day if back else ""])


@main.command()
def mishaps(folder: Folder, store: Store = None) -> None:
    """What was planted, as CSV: in which order or file. 已植入的故障清单。"""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["mishap", "where"])
    with _bank(folder, store) as bank:
        out.writerows(bank.desk.book.planted())


@contextmanager
def _bank(
    folder: Path,
    store: Path | None,
    planted: Mishaps = NO_MISHAPS,
    *,
    delay: float = 0.0,
    log: Callable[[str], None] = lambda _: None,
) -> Iterator[Bank]:
    folders = Folders(folder)
    with contextlib.closing(Book(_store(folder, store))) as book:
        desk = Desk(book=book, mishaps=planted, today=_today, now=time.time, delay=delay)
        yield Bank(desk=desk, folders=folders, log=log)


def _send(bank: Bank, folder: Path, store: Path | None) -> None:
    """Now, unless a process serves, which will."""
    with contextlib.suppress(Busy), alone(_store(folder, store)):
        bank.send()


def _stopped_by_signals() -> Callable[[], bool]:
    """A plain flag: an `Event` would deadlock when the signal comes while it is being waited for."""
    received: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: received.append(number))
    return lambda: bool(received)


def _store(folder: Path, store: Path | None) -> Path:
    return store or folder / "bank.sqlite"


def _today() -> str:
    return datetime.now(ZoneInfo("Asia/Shanghai")).strftime("%Y%m%d")


if __name__ == "__main__":
    main()
