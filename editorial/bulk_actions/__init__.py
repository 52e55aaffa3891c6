from editorial.bulk_actions.delete import DeleteListedBulkAction
from editorial.bulk_actions.move import ChangeHouseBulkAction
from editorial.bulk_actions.publish import PublishReadBulkAction
from editorial.bulk_actions.withdraw import WithdrawBulkAction

__all__ = [
    "ChangeHouseBulkAction",
    "DeleteListedBulkAction",
    "PublishReadBulkAction",
    "WithdrawBulkAction",
]
