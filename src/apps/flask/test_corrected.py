from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:////tmp/test.db'
app.config['SQLALCHEMY_ENGINE_OPTIONS'] = {
    'pool_size': 20,
    'max_overflow': 0,
}

db = SQLAlchemy(app)


# The document shows no view. This one is ours.
@app.route('/')
def index():
    answer = db.session.scalar(db.text('SELECT 1'))
    return str(answer)
