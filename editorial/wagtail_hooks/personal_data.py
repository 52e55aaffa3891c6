from wagtail import hooks

from editorial import personal_data

hooks.register("personal_data", personal_data.declare)
hooks.register("personal_data", personal_data.log, order=100)
