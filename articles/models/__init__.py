from articles.models.article import ArticlePage
from articles.models.easy import EasyArticlePage
from articles.models.related import RelatedArticle
from articles.models.terms import Category, Tag, TaggedArticle, Typology

__all__ = [
    "ArticlePage",
    "Category",
    "EasyArticlePage",
    "RelatedArticle",
    "Tag",
    "TaggedArticle",
    "Typology",
]
