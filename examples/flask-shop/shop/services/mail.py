"""Mail to customers."""
import smtplib
from email.message import EmailMessage

from flask import current_app


def send(to, subject, body):
    message = EmailMessage()
    message['To'] = to
    message['Subject'] = subject
    message.set_content(body)
    with smtplib.SMTP(current_app.config['MAIL_HOST']) as server:
        server.starttls()
        server.login(current_app.config['MAIL_USER'], current_app.config['MAIL_PASSWORD'])
        server.send_message(message)
