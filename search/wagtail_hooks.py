from wagtail import hooks

from search.viewsets import SearchViewSetGroup


@hooks.register("register_admin_viewset")
def search_viewsets():
    return SearchViewSetGroup()
