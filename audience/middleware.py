from audience import counting


def count_readings(get_response):
    """Count each page that a visitor is shown; what is counted is written later, between two requests."""

    def middleware(request):
        response = get_response(request)
        counting.count(request, response)
        return response

    return middleware
