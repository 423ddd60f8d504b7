import asyncio

from fastapi import BackgroundTasks, Depends, FastAPI
from fastapi.responses import PlainTextResponse, StreamingResponse
from sqlalchemy import String, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

app = FastAPI(default_response_class=PlainTextResponse)
engine = create_async_engine(
    'sqlite+aiosqlite:///coroutines.db',
    pool_size=3,
    max_overflow=2,
)
Session = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = 'user'

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))


async def ask_service():
    await asyncio.sleep(2)


async def get_session():
    async with Session() as session:
        yield session


# commit() first: during the call no connection is held.
@app.get('/quote')
async def quote(session: AsyncSession = Depends(get_session)):
    users = (await session.scalars(select(User))).all()
    await session.commit()
    await ask_service()
    return f'{len(users)} users'


# What is saved first is safe, whatever the service says.
@app.get('/sign-up')
async def sign_up(session: AsyncSession = Depends(get_session)):
    session.add(User(name='Alice'))
    await session.commit()
    await ask_service()
    return 'Saved.'


# The end of the block gives the connection back before the call.
@app.get('/block')
async def block():
    async with Session() as session:
        users = (await session.scalars(select(User))).all()
    await ask_service()
    return f'{len(users)} users'


# Who is it? A session of its own, closed once that is known.
async def current_user():
    async with Session() as session:
        users = (await session.scalars(select(User))).all()
    return f'One of {len(users)}'


@app.get('/account')
async def account(user: str = Depends(current_user)):
    await ask_service()
    return user


# scope='function' closes the session before the answer.
@app.get('/task')
async def task(tasks: BackgroundTasks, session: AsyncSession = Depends(get_session, scope='function')):
    users = (await session.scalars(select(User))).all()
    tasks.add_task(ask_service)
    return f'{len(users)} users'


# A task that runs after the answer opens a session of its own.
async def audit():
    async with Session() as session:
        await session.scalar(text('SELECT 1'))
    await ask_service()


@app.get('/scope')
async def scope(tasks: BackgroundTasks, session: AsyncSession = Depends(get_session, scope='function')):
    users = (await session.scalars(select(User))).all()
    tasks.add_task(audit)
    return f'{len(users)} users'


# The query is done, and the connection back, before the first byte.
async def report(users):
    yield f'{len(users)} users'
    await ask_service()
    yield ', and no more.'


@app.get('/stream')
async def stream(session: AsyncSession = Depends(get_session)):
    users = (await session.scalars(select(User))).all()
    await session.commit()
    return StreamingResponse(report(users))


# After rollback() the session goes on, with another connection.
@app.get('/patience')
async def patience(session: AsyncSession = Depends(get_session)):
    users = (await session.scalars(select(User))).all()
    try:
        await asyncio.wait_for(session.scalar(text('SELECT 1')), 1)
    except TimeoutError:
        await session.rollback()
    again = (await session.scalars(select(User))).all()
    return f'{len(users)} users, then {len(again)}'


# The end of a block is where one sees it: before the answer.
@app.get('/loop')
async def loop():
    async with Session() as session:
        users = (await session.scalars(select(User))).all()
        return f'{len(users)} users'


# This one says whether the event loop is alive.
@app.get('/health')
async def health():
    return 'alive'


# This one waits in line for a connection like everybody.
@app.get('/health-db')
async def health_db(session: AsyncSession = Depends(get_session)):
    await session.scalar(text('SELECT 1'))
    return 'alive'
