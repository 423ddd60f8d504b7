import time

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

app = Flask(__name__)
app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///session.db'
app.config['SQLALCHEMY_ENGINE_OPTIONS'] = {
    'pool_size': 3,
    'max_overflow': 2,
}
db = SQLAlchemy(app)
forever = []


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(50))


def send_mail(to):
    time.sleep(1)


def render(text):
    time.sleep(1)
    return f'<p>{text}</p>'


# A request holds no connection before its first statement.
@app.route('/late')
def late():
    send_mail('staff')
    users = User.query.all()
    return f'{len(users)} users'


# flush() sends the INSERT. The connection is held until commit().
@app.route('/flush')
def flush():
    user = User(name='Alice')
    db.session.add(user)
    db.session.flush()
    send_mail(f'user {user.id}')
    db.session.commit()
    return 'Saved.'


# commit() first: the mail goes out while no connection is held.
@app.route('/commit')
def commit():
    user = User(name='Alice')
    db.session.add(user)
    db.session.commit()
    send_mail('Alice')
    return 'Saved.'


# A SELECT begins a transaction too. Only the teardown ends this one.
@app.route('/read')
def read():
    users = User.query.all()
    page = render(f'{len(users)} users')
    return page


# What was not committed is rolled back by the teardown.
@app.route('/error')
def error():
    user = User(name='Bob')
    db.session.add(user)
    db.session.flush()
    raise RuntimeError('No mail today.')


# rollback() gives the connection back as commit() does.
@app.route('/rollback')
def rollback():
    user = User(name='Bob')
    db.session.add(user)
    db.session.flush()
    db.session.rollback()
    send_mail('Bob')
    return 'Not saved.'


# begin() takes no connection. The end of the block commits.
@app.route('/begin')
def begin():
    with db.session.begin():
        user = User(name='Carol')
        db.session.add(user)
    send_mail('Carol')
    return 'Saved.'


# After commit() the name is read anew, and a connection is held again.
@app.route('/expire')
def expire():
    user = User(name='Dave')
    db.session.add(user)
    db.session.commit()
    name = user.name
    send_mail(name)
    return f'Hello, {name}.'


# A session that expires nothing needs no second connection.
@app.route('/keep')
def keep():
    with Session(db.engine, expire_on_commit=False) as session:
        user = User(name='Dave')
        session.add(user)
        session.commit()
        name = user.name
        send_mail(name)
    return f'Hello, {name}.'


# The end of the block gives the connection back.
@app.route('/with')
def with_block():
    with db.engine.connect() as connection:
        answer = connection.scalar(db.text('SELECT 1'))
    page = render(answer)
    return page


# Nobody closes this connection. The teardown does not know it.
@app.route('/forgotten')
def forgotten():
    connection = db.engine.connect()
    answer = connection.scalar(db.text('SELECT 1'))
    return str(answer)


# The list keeps every connection out for good.
@app.route('/kept')
def kept():
    connection = db.engine.connect()
    forever.append(connection)
    answer = connection.scalar(db.text('SELECT 1'))
    return str(answer)


# close() without commit(): the reset on return forgets Eve.
@app.route('/raw')
def raw():
    connection = db.engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("INSERT INTO user (name) VALUES ('Eve')")
    connection.close()
    return 'Saved?'


if __name__ == '__main__':
    with app.app_context():
        db.create_all()
    app.run()
