import time

from fastapi import BackgroundTasks, Depends, FastAPI
from fastapi.responses import PlainTextResponse
from sqlalchemy import String, create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

app = FastAPI(default_response_class=PlainTextResponse)
engine = create_engine(
    'sqlite:///threads.db',
    pool_size=5,
    max_overflow=10,
)
SessionLocal = sessionmaker(engine)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = 'user'

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))


def ask_service():
    time.sleep(2)


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


# commit() first: 40 threads ask the service at once, without a
# connection.
@app.get('/quote')
def quote(db: Session = Depends(get_db)):
    users = db.scalars(select(User)).all()
    count = len(users)
    db.commit()
    ask_service()
    return f'{count} users'


# The name is read before commit(): no second checkout.
@app.get('/sign-up')
def sign_up(db: Session = Depends(get_db)):
    user = User(name='Alice')
    db.add(user)
    name = user.name
    db.commit()
    ask_service()
    return f'Hello, {name}.'


# scope='function' closes the session before the answer.
@app.get('/task')
def task(tasks: BackgroundTasks, db: Session = Depends(get_db, scope='function')):
    users = db.scalars(select(User)).all()
    tasks.add_task(ask_service)
    return f'{len(users)} users'


# async def: the event loop answers, whatever the threads do.
@app.get('/health')
async def health():
    return 'alive'


@app.get('/health-db')
def health_db(db: Session = Depends(get_db)):
    db.scalar(text('SELECT 1'))
    return 'alive'
