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


# The SELECT begins a transaction: a connection is held for the call.
@app.get('/quote')
async def quote(session: AsyncSession = Depends(get_session)):
    users = (await session.scalars(select(User))).all()
    await ask_service()
    return f'{len(users)} users'


# flush() sends the INSERT. The connection is held until commit().
@app.get('/sign-up')
async def sign_up(session: AsyncSession = Depends(get_session)):
    session.add(User(name='Alice'))
    await session.flush()
    await ask_service()
    await session.commit()
    return 'Saved.'


# The call stands in the block, and the block holds a connection.
@app.get('/block')
async def block():
    async with Session() as session:
        users = (await session.scalars(select(User))).all()
        await ask_service()
    return f'{len(users)} users'


# Who is it? The answer took one statement, and costs a connection
# for as long as the request takes.
async def current_user(session: AsyncSession = Depends(get_session)):
    users = (await session.scalars(select(User))).all()
    return f'One of {len(users)}'


@app.get('/account')
async def account(user: str = Depends(current_user)):
    await ask_service()
    return user


# The session is closed after the task, not after the answer.
@app.get('/task')
async def task(tasks: BackgroundTasks, session: AsyncSession = Depends(get_session)):
    users = (await session.scalars(select(User))).all()
    tasks.add_task(ask_service)
    return f'{len(users)} users'


# scope='function' closes the session before the answer. The task
# uses it once more, and nobody closes it then.
async def audit(session):
    await session.scalar(text('SELECT 1'))
    await ask_service()


@app.get('/scope')
async def scope(tasks: BackgroundTasks, session: AsyncSession = Depends(get_session, scope='function')):
    users = (await session.scalars(select(User))).all()
    tasks.add_task(audit, session)
    return f'{len(users)} users'


# The body is made while it is sent, and so is the query in it.
async def report(session):
    users = (await session.scalars(select(User))).all()
    yield f'{len(users)} users'
    await ask_service()
    yield ', and no more.'


@app.get('/stream')
async def stream(session: AsyncSession = Depends(get_session)):
    return StreamingResponse(report(session))


# A statement that was cancelled takes its connection with it. The
# session wants a rollback() before anything else.
@app.get('/patience')
async def patience(session: AsyncSession = Depends(get_session)):
    users = (await session.scalars(select(User))).all()
    try:
        await asyncio.wait_for(session.scalar(text('SELECT 1')), 1)
    except TimeoutError:
        pass
    again = (await session.scalars(select(User))).all()
    return f'{len(users)} users, then {len(again)}'


# return leaves the loop in the middle: the event loop closes the
# session later, after the answer.
@app.get('/loop')
async def loop():
    async for session in get_session():
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
