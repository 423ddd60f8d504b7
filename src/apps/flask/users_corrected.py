from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

app = Flask(__name__)
# The document has a placeholder here, which nothing can parse:
# 'postgresql://user:password@host:port/dbname'
app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///dbname.db'
app.config['SQLALCHEMY_TRACK_MODIFICATIONS'] = False
app.config['SQLALCHEMY_ENGINE_OPTIONS'] = {
    'pool_size': 20,
    'max_overflow': 10,
    'pool_timeout': 300,
    'pool_recycle': 1800,
    'pool_pre_ping': True # Check connection validity before use
}
db = SQLAlchemy(app)


# The document creates no table. Here it exists already.
class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    username = db.Column(db.String(80), unique=True, nullable=False)


@app.route('/users')
def get_users():
    # This is where the magic happens (or doesn't)
    users = User.query.all()
    return f"Found {len(users)} users."


# The document has one view. The next two are ours.
from sqlalchemy.exc import IntegrityError


@app.route('/register')
def register():
    user = User(username='alice')
    db.session.add(user)
    db.session.commit()
    return 'Welcome, alice.'


@app.route('/register-kindly')
def register_kindly():
    user = User(username='alice')
    db.session.add(user)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return 'That name is taken.', 409
    return 'Welcome, alice.'


if __name__ == '__main__':
    app.run(debug=True)
