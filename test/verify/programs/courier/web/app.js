const express = require('express')
const crypto = require('crypto')
const { authorize } = require('./access')

const app = express()

app.get('/hello', (request, response) => {
  response.send('<h1>Hello ' + request.query.name + '</h1>')
})

app.post('/drivers/:id/remove', authorize('drivers'), (request, response) => {
  removeDriver(request.params.id)
  response.redirect('/drivers')
})

function removeDriver(id) {
  audit('driver removed', id)
  drivers.delete(id)
}

function audit(what, id) {
  trail.push({ what, id })
}

function sign(parcel) {
  return crypto.createHmac('sha256', process.env.SIGNING_KEY).update(parcel.code).digest('hex')
}

function parse(text) {
  return JSON.parse(text)
}

module.exports = { app, sign, parse }
