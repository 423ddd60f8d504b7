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


# def, so it runs in one of 40 threads. 15 of them get a connection.
@app.get('/quote')
def quote(db: Session = Depends(get_db)):
    users = db.scalars(select(User)).all()
    ask_service()
    return f'{len(users)} users'


# After commit() the name is read anew, and a connection is held again.
@app.get('/sign-up')
def sign_up(db: Session = Depends(get_db)):
    user = User(name='Alice')
    db.add(user)
    db.commit()
    name = user.name
    ask_service()
    return f'Hello, {name}.'


# The session is closed after the task, not after the answer.
@app.get('/task')
def task(tasks: BackgroundTasks, db: Session = Depends(get_db)):
    users = db.scalars(select(User)).all()
    tasks.add_task(ask_service)
    return f'{len(users)} users'


# def again: it wants a thread, and says whether one is free.
@app.get('/health')
def health():
    return 'alive'


@app.get('/health-db')
def health_db(db: Session = Depends(get_db)):
    db.scalar(text('SELECT 1'))
    return 'alive'
