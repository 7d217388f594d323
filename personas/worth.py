"""What a customer is worth (SCORING §9): arithmetic without a database."""


def lifetime_value(margin: float, retention: float, discount: float) -> float:
    """What a customer is worth today, whose first margin comes in a year and who stays with this chance each year [25].

    That all customers stay with the same chance understates it. Raises ValueError unless 0 <= retention < 1 and
    discount >= 0.
    """
    if not 0 <= retention < 1 or discount < 0:
        raise ValueError("Retention is from 0 to below 1, and a discount rate is not negative.")
    return margin * retention / (1 + discount - retention)
