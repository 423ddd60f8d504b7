from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///example.db'
app.config['SQLALCHEMY_ENGINE_OPTIONS'] = {
    'pool_size': 3,
    'max_overflow': 2,
}

# Initialize the database object with connection pooling
db = SQLAlchemy(app)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(50))


@app.route('/')
def index():
    # Add a user to test connection usage
    new_user = User(name='Alice')
    db.session.add(new_user)
    db.session.commit()
    users = User.query.all()
    return '<br>'.join([user.name for user in users])


if __name__ == '__main__':
    with app.app_context():
        db.create_all()
    app.run(debug=False)
