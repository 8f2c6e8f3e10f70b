"""A gateway of SMPP 3.4 for tests, built on the public library smpp34 (Rust and Python; pip install smpp34==1.5.0).

usage: simulator.py PORT LOG [--refuse N] [--silent N] [--late N] [--late-seconds S] [--rate N] [--decimal] [--delay MS]

It takes texts as a centre would, and gives a receipt for each. Of a hundred phones, by their last two digits, the first
so many are refused for good, the next are taken and never answered, the next get their receipt late. LOG gets a line for
each text that it took or refused: what it did, the phone, the bytes of the text in hexadecimal, esm_class and coding. A receipt that was not
acknowledged, since the other side was killed, is given again to whoever binds next. It ends with its standard input.
"""
import argparse
import asyncio
import sys

import smpp34

say = argparse.ArgumentParser()
say.add_argument("port", type=int)
say.add_argument("log")
for name in ("refuse", "silent", "late", "rate", "delay"):
    say.add_argument(f"--{name}", type=int, default=0)
say.add_argument("--late-seconds", type=float, default=3.0)
say.add_argument("--decimal", action="store_true")
say.add_argument("--inbound", default="")
asked = say.parse_args()

log = open(asked.log, "a", buffering=1)
sessions: dict[str, smpp34.Esme] = {}
receipts: asyncio.Queue = asyncio.Queue()
bound = asyncio.Event()
unanswered = []
count = 0x1000
taken_in_second = [0, 0]


def parts_of(phone: str) -> str:
    nth = int(phone[-2:])
    for what, share in (("refused", asked.refuse), ("silent", asked.silent), ("late", asked.late)):
        if nth < share:
            return what
        nth -= share
    return "taken"


async def give_receipts() -> None:
    """Gives receipts until they are acknowledged, by whichever session is there."""
    while True:
        phone, source, name = await receipts.get()
        while True:
            await bound.wait()
            # Whoever bound last: of one that was killed the line may still seem to be there.
            session = next(reversed(sessions.values()), None)
            if session is None:
                await asyncio.sleep(0.05)
                continue
            text = f"id:{name} sub:001 dlvrd:001 submit date:2304200900 done date:2304200901 stat:DELIVRD err:000 text:"
            try:
                reply = await asyncio.wait_for(
                    session.deliver_sm(
                        source_addr=phone, destination_addr=source, esm_class=0x04, short_message=text.encode()
                    ),
                    3,
                )
                if reply.is_success:
                    break
            except Exception:
                pass
            await asyncio.sleep(0.1)


async def later(seconds: float, what) -> None:
    await asyncio.sleep(seconds)
    receipts.put_nowait(what)


def is_too_fast(loop: asyncio.AbstractEventLoop) -> bool:
    second = int(loop.time())
    if taken_in_second[0] != second:
        taken_in_second[:] = [second, 0]
    taken_in_second[1] += 1
    return asked.rate > 0 and taken_in_second[1] > asked.rate


async def answer(event, loop) -> None:
    global count
    if asked.delay:
        await asyncio.sleep(asked.delay / 1000)
    phone = event.destination_addr
    what = parts_of(phone)
    if is_too_fast(loop):
        log.write(f"throttled {phone}\n")
        event.reject(smpp34.ESME_RTHROTTLED)
        return
    log.write(f"{what} {phone} {event.short_message.hex()} {event.esm_class} {event.data_coding} {event.registered_delivery}\n")
    if what == "refused":
        event.reject(smpp34.ESME_RINVDSTADR)
        return
    if what == "silent":
        unanswered.append(event)
        return
    count += 1
    event.accept(f"{count:x}")
    if event.registered_delivery:
        receipt = (phone, event.source_addr, str(count) if asked.decimal else f"{count:x}")
        if what == "late":
            loop.create_task(later(asked.late_seconds, receipt))
        else:
            receipts.put_nowait(receipt)


async def write_in(session) -> None:
    """A phone writes, once somebody is bound."""
    phone, text = asked.inbound.split("=", 1)
    await session.deliver_sm(source_addr=phone, destination_addr="8888", short_message=text.encode())


async def serve() -> None:
    loop = asyncio.get_running_loop()
    server = smpp34.Server(host="127.0.0.1", port=asked.port, system_id="SIM", inbound_capacity=10000)
    await server.start()
    for _ in range(400):
        loop.create_task(give_receipts())
    print("ready", flush=True)
    while True:
        event = await server.next()
        if isinstance(event, smpp34.Esme):
            sessions[event.session_id] = event
            bound.set()
            if asked.inbound:
                loop.create_task(write_in(event))
        elif isinstance(event, smpp34.Unbound):
            sessions.pop(event.session_id, None)
            if not sessions:
                bound.clear()
        elif asked.delay:
            loop.create_task(answer(event, loop))
        else:
            await answer(event, loop)


async def main() -> None:
    loop = asyncio.get_running_loop()
    serving = loop.create_task(serve())
    ended = loop.run_in_executor(None, sys.stdin.read)
    await asyncio.wait([serving, ended], return_when=asyncio.FIRST_COMPLETED)


asyncio.run(main())
