"""What a request does, by what it borrows: the forms in which SQLAlchemy's documentation writes it.

`world.outside()` is work that has nothing to do with the database: with the connection held, or after it was given back.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.util import greenlet_spawn

STATEMENT = "SELECT 1"


def raw(engine, world):
    proxy = engine.raw_connection()
    try:
        cursor = proxy.cursor()
        cursor.execute(STATEMENT)
        cursor.close()
        if world.holds():
            world.outside()
    finally:
        proxy.close()


def connection(engine, world):
    with engine.connect() as connection:
        connection.exec_driver_sql(STATEMENT)
        if world.holds():
            world.outside()


def begin(engine, world):
    with engine.connect() as connection:
        with connection.begin():
            connection.exec_driver_sql(STATEMENT)
        if world.holds():
            world.outside()


def session(engine, world):
    with Session(engine) as session:
        session.execute(text(STATEMENT))
        if world.holds():
            world.outside()


async def raw_in_task(engine, world):
    await greenlet_spawn(raw, engine.sync_engine, world)


async def connection_in_task(engine, world):
    async with engine.connect() as connection:
        await connection.exec_driver_sql(STATEMENT)
        if world.holds():
            await world.outside_in_task()


async def begin_in_task(engine, world):
    async with engine.connect() as connection:
        async with connection.begin():
            await connection.exec_driver_sql(STATEMENT)
        if world.holds():
            await world.outside_in_task()


async def session_in_task(engine, world):
    async with AsyncSession(engine) as session:
        await session.execute(text(STATEMENT))
        if world.holds():
            await world.outside_in_task()


def then_outside(borrow):
    def whole(engine, world):
        borrow(engine, world)
        if not world.holds():
            world.outside()

    return whole


def then_outside_in_task(borrow):
    async def whole(engine, world):
        await borrow(engine, world)
        if not world.holds():
            await world.outside_in_task()

    return whole


THREADS = {"raw": raw, "Connection": connection, "begin": begin, "Session": session}
TASKS = {"raw": raw_in_task, "Connection": connection_in_task, "begin": begin_in_task, "Session": session_in_task}
THREADS = {name: then_outside(borrow) for name, borrow in THREADS.items()}
TASKS = {name: then_outside_in_task(borrow) for name, borrow in TASKS.items()}
